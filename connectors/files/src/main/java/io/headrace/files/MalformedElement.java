package io.headrace.files;

import java.nio.file.Path;

/**
 * An element of a file that is not what it should be.
 *
 * @param line the number of the line it begins in, counted from 1
 * @param offset how many bytes stand before it in the file, unpacked
 * @param reason what is wrong with it: one line without control characters
 * @param bytes the element as it stands in the file, without what ends it; not a copy
 */
public record MalformedElement(Path file, long line, long offset, String reason, byte[] bytes) {

  /** Where it is, on one line. */
  String place() {
    return Printable.of(file) + ", line " + line;
  }

  /** Where it is and what is wrong with it, on one line. */
  @Override
  public String toString() {
    return "File " + place() + ": " + reason;
  }
}
