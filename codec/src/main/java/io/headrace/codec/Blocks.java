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

  /** Checks that there may be one more element where some should be left. */
  static void checkNext(int left) {
    if (left <= 0) {
      throw miscounted();
    }
  }

  /** Checks that there need not be one more element where some should be left. */
  static void checkEnd(int left) {
    if (left != 0) {
      throw miscounted();
    }
  }

  private static UnencodableException miscounted() {
    return new UnencodableException(
        "is a collection whose size is not the number of its elements. Do not change a value once"
            + " it was handed over.");
  }

  /** What is done for each element. */
  @FunctionalInterface
  interface Element {
    void read();
  }

  /**
   * Reads blocks to their end. An element takes at least a byte, which bounds their number. Before
   * each block stands its number of elements; a negative one is followed by its size in bytes.
   */
  static void read(Decoder in, Element element) {
    for (long count = in.readLong(); count != 0; count = in.readLong()) {
      if (count > 0) {
        readBlock(count, in.remaining(), element);
      } else {
        readSizedBlock(-count, in, element);
      }
    }
  }

  private static void readSizedBlock(long count, Decoder in, Element element) {
    long size = in.readLong();
    if (size < 0 || size > in.remaining()) {
      throw new MalformedDataException(
          "A block of " + size + " bytes is said to stand in " + in.remaining() + ".");
    }
    int start = in.position();
    readBlock(count, size, element);
    if (in.position() - start != size) {
      throw new MalformedDataException(
          "A block is said to take " + size + " bytes, but takes " + (in.position() - start) + ".");
    }
  }

  private static void readBlock(long count, long room, Element element) {
    // The negated smallest number is still negative.
    if (count < 0 || count > room) {
      throw new MalformedDataException(
          count + " elements are said to stand in " + room + " bytes.");
    }
    for (long i = 0; i < count; i++) {
      element.read();
    }
  }

  /** The elements of a set or map in the order of their bytes, so that equal ones are alike. */
  static final class Sorted {

    private final List<byte[]> elements = new ArrayList<>();
    private final Encoder out;
    private int left;

    /**
     * @param size how many elements there are going to be
     */
    Sorted(int size, Encoder out) {
      this.left = size;
      this.out = out;
    }

    /** Where to write the next element, before it is {@link #add}ed. */
    Encoder next() {
      checkNext(left);
      left--;
      return out.forPart();
    }

    void add(Encoder element) {
      elements.add(element.toBytes());
    }

    /** Writes the block of what was added. */
    void write() {
      checkEnd(left);
      begin(elements.size(), out);
      elements.sort(Arrays::compareUnsigned);
      elements.forEach(each -> out.writeFixed(each, 0, each.length));
      end(out);
    }
  }
}
