package io.headrace.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The blocks that Avro writes arrays and maps in. */
final class Blocks {

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

  /** Reads blocks to their end. An element takes at least a byte, which bounds their number. */
  static void read(Decoder in, Element element) {
    for (long count = count(in); count != 0; count = count(in)) {
      if (count > in.remaining()) {
        throw new MalformedDataException(
            count + " elements are said to stand in " + in.remaining() + " bytes.");
      }
      for (long i = 0; i < count; i++) {
        element.read();
      }
    }
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

  /** The elements of a set or map in the order of their bytes, so that equal ones are alike. */
  static final class Sorted {

    private final List<byte[]> elements = new ArrayList<>();
    private final Encoder out;

    Sorted(Encoder out) {
      this.out = out;
    }

    /** Where to write the next element, before it is {@link #add}ed. */
    Encoder next() {
      return out.forPart();
    }

    void add(Encoder element) {
      elements.add(element.toBytes());
    }

    /** Writes what was added. */
    void write() {
      elements.sort(Arrays::compareUnsigned);
      elements.forEach(each -> out.writeFixed(each, 0, each.length));
    }
  }
}
