package io.headrace.files;

import io.headrace.api.Printable;

/** Says why an element is not what it should be. */
final class MalformedException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedException(String reason) {
    super(reason);
  }

  MalformedException(String reason, Throwable cause) {
    super(reason, cause);
  }

  String reason() {
    return Printable.of(String.valueOf(getMessage()));
  }
}
