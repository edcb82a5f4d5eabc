package io.headrace.api;

/**
 * Input that cannot be read as a value.
 *
 * @param place where it is, for people: a file and a line, a partition and an offset
 * @param reason what is wrong with it, a part of a sentence
 * @param bytes the input as it was found; long input may be cut
 */
public record MalformedInput(String place, String reason, byte[] bytes) {

  /** The error of a job that is to fail on it. */
  public HeadraceException refused() {
    return new HeadraceException(
            ErrorCode.INPUT_REFUSED,
            place
                + ": "
                + reason
                + ". Mend it before the job starts again, or pass such input with skipFailures() or"
                + " deadLetters() on the source's stream.")
        .at(place);
  }
}
