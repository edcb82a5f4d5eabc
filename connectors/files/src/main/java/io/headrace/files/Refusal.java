package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** Refuses malformed elements: what is done unless the user says otherwise. */
final class Refusal {

  private Refusal() {}

  static void refuse(MalformedElement element, Exception cause) {
    throw new HeadraceException(
            ErrorCode.INPUT_REFUSED,
            element
                + ". Mend the file before the job starts again, or skip such with skipMalformed().",
            cause)
        .at(element.file() + ", line " + element.line());
  }
}
