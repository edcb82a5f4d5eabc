package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** The blocks that Avro writes arrays and maps in. */
final class Blocks {

  /** How many elements that take no byte are read at most. */
  private static final int MOST_EMPTY_ELEMENTS = 1 << 16;

  private Blocks() {}

  /** Writes the number of elements of the only block; nothing for none. */
  static void begin(int count, Encoder out) {
    if (count > 0) {
      out.writeLong(count);
    }
  }

  static void end(Encoder out) {
    out.writeLong(0);
  }

  /** What is done for each element. */
  @FunctionalInterface
  interface Element {
    void read();
  }

  /** Reads blocks to their end. */
  static void read(Decoder in, Element element) {
    int start = in.remaining();
    long total = 0;
    for (long count = count(in); count != 0; count = count(in)) {
      if (count > in.remaining() + (long) MOST_EMPTY_ELEMENTS) {
        throw tooMany(count, in.remaining());
      }
      for (long i = 0; i < count; i++) {
        element.read();
      }
      total += count;
      if (total - (start - in.remaining()) > MOST_EMPTY_ELEMENTS) {
        throw tooMany(total, start - in.remaining());
      }
    }
  }

  private static MalformedDataException tooMany(long elements, int bytes) {
    return new MalformedDataException(
        elements + " elements are said to stand in " + bytes + " bytes.");
  }

  /** The number of elements of the next block; a negative one is followed by its size in bytes. */
  private static long count(Decoder in) {
    long count = in.readLong();
    if (count >= 0) {
      return count;
    }
    long size = in.readLong();
    if (size < 0 || size > in.remaining() || count == Long.MIN_VALUE) {
      throw new MalformedDataException(
          "A block of " + size + " bytes is said to stand in " + in.remaining() + ".");
    }
    return -count;
  }

  /** The element, unless it is null. */
  static Object present(Object element, String where) {
    if (element == null) {
      throw new HeadraceException(
          ErrorCode.VALUE_NOT_ENCODABLE, where + " is null. Use Optional for what may be absent.");
    }
    return element;
  }
}
