package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a value cannot be encoded. On the way out every codec around the part says where the
 * part stands in it, so that only a failure pays for the path. One thread.
 */
final class UnencodableException extends HeadraceException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final StringBuilder path = new StringBuilder();
  private String root = "The value";

  /**
   * @param reason what goes after the path: what is wrong, and what to do
   */
  UnencodableException(String reason) {
    super(ErrorCode.VALUE_NOT_ENCODABLE, reason);
    this.reason = reason;
  }

  /** The value, unless it is null. */
  static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new UnencodableException("is null. Use Optional for what may be absent.");
    }
    return value;
  }

  /** This, with one more step at the front of the path. */
  UnencodableException within(String owner, String step) {
    root = owner;
    path.insert(0, step);
    return this;
  }

  @Override
  public String getMessage() {
    return root + path + " " + reason;
  }
}
