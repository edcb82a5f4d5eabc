package io.headrace.files;

import java.nio.file.Path;

/**
 * An element of a file that is not what it should be.
 *
 * @param line the number of the line it begins in, counted from 1
 * @param reason what is wrong with it
 */
public record MalformedElement(Path file, long line, String reason) {

  @Override
  public String toString() {
    return "File " + file + ", line " + line + ": " + reason;
  }
}
