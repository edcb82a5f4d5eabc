package io.headrace.state;

/**
 * How the rows of a table are laid out in words: the hash, then words of the value, then, where
 * keys or values are kept as bytes, a word that says where they stand in the segment's bytes.
 *
 * @param valueWords how many words of the value stand in the row
 * @param hasBytes whether the row has bytes
 */
record RowLayout(int valueWords, boolean hasBytes) {

  /** How large the rows of a full segment may be, in words: 128 KB. */
  private static final int SEGMENT_WORDS = 1 << 14;

  /** Segments with bytes have fewer rows, since their bytes are copied as well. */
  private static final int MOST_ROWS_WITH_BYTES = 1 << 11;

  static final int HASH = 0;
  static final int VALUE = 1;

  int width() {
    return 1 + valueWords + (hasBytes ? 1 : 0);
  }

  /** Where in the row stands where its bytes are. */
  int bytesAt() {
    return 1 + valueWords;
  }

  /** How many slots a segment has at most before it is split: a power of two. */
  int mostSlots() {
    int slots = Integer.highestOneBit(SEGMENT_WORDS / width());
    return hasBytes ? Math.min(slots, MOST_ROWS_WITH_BYTES) : slots;
  }
}
