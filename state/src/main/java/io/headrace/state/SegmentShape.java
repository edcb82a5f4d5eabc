package io.headrace.state;

/**
 * How a segment is made.
 *
 * @param slots how many rows have a place in it: a power of two
 * @param bytes how many bytes beside the rows
 * @param depth how many bits of their place in the table's range all of its hashes have in common
 * @param isRehashed whether slots follow from a second hash
 */
record SegmentShape(int slots, int bytes, int depth, boolean isRehashed) {

  /** The slots of a table that holds nothing: such a table takes some hundred bytes. */
  static final int FEWEST_SLOTS = 16;

  private static final int BITMAPS = 4;

  SegmentShape {
    if (Integer.bitCount(slots) != 1) {
      throw new IllegalArgumentException("a segment has a power of two of slots, not " + slots);
    }
  }

  /** The smallest number of slots of which some rows take at most half. */
  static long slotsFor(long rows) {
    return Math.max(FEWEST_SLOTS, Long.highestOneBit(Math.max(1, rows * 2 - 1)) * 2);
  }

  /** Room for some bytes and a quarter more. */
  static long bytesFor(long used) {
    return used == 0 ? 0 : Long.highestOneBit(used + used / 4 + Long.BYTES * 8) * 2;
  }

  static int bitmapWords(int slots) {
    return (slots + Long.SIZE - 1) / Long.SIZE;
  }

  /** How many words its rows and bitmaps take. */
  long words(RowLayout layout) {
    return (long) slots * layout.width() + (long) BITMAPS * bitmapWords(slots);
  }

  /** The memory that it takes. */
  long footprint(RowLayout layout) {
    return words(layout) * Long.BYTES + bytes;
  }
}
