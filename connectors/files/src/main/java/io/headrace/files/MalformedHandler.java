package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.function.Consumer;

/** What is done with malformed elements. Called on the threads of tasks. */
@FunctionalInterface
interface MalformedHandler {

  /** Throws, or returns: then the element is skipped. */
  void handle(MalformedElement element, Exception cause);

  /** Stops at the first: what is done unless the user says otherwise. */
  static MalformedHandler refuse() {
    return (element, cause) -> {
      throw new HeadraceException(
              ErrorCode.INPUT_REFUSED,
              element
                  + ". Mend the file before the job starts again, or skip such with"
                  + " skipMalformed().",
              cause)
          .at(element.place());
    };
  }

  /** Tells somebody, who may keep the bytes, and goes on. */
  static MalformedHandler handOver(Consumer<MalformedElement> receiver) {
    return (element, cause) -> receiver.accept(element);
  }
}
