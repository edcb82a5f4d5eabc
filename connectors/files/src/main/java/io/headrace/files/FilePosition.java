package io.headrace.files;

/**
 * A place in a file, between two elements.
 *
 * @param offset how many bytes stand before it
 * @param line the number of the line it is in, counted from 1
 * @param elements how many elements stand before it
 * @param crc32c the checksum of the bytes before it
 */
public record FilePosition(long offset, long line, long elements, long crc32c) {

  /** The beginning of every file. */
  public static final FilePosition START = new FilePosition(0, 1, 0, 0);

  /** The place for people, such as "line 17 (byte 1234)". */
  @Override
  public String toString() {
    return "line " + line + " (byte " + offset + ")";
  }
}
