package io.headrace.state;

/**
 * How the rows of a table are laid out in words, in this order: the hash that finds the row; in a
 * table of pairs the hash of the key that the pair begins with; where the bytes of the key are;
 * words of the value; where the bytes of the value are.
 *
 * @param isPair whether rows belong to a key and something within it
 * @param hasKeyBytes whether hashes do not tell all keys apart, so that bytes must
 * @param valueWords how many words of the value stand in the row
 * @param hasValueBytes whether some of the value is kept as bytes
 */
record RowLayout(boolean isPair, boolean hasKeyBytes, int valueWords, boolean hasValueBytes) {

  /** How large the rows of a full segment may be, in words: 128 KB, which one write may copy. */
  private static final int MOST_WORDS = 1 << 14;

  /** The bytes of a segment that may split do not grow beyond this: they are copied as well. */
  static final int MOST_BYTES = 1 << 17;

  /** Segments with bytes have fewer rows, so that those share the room with their bytes. */
  private static final int MOST_SLOTS_WITH_BYTES = 1 << 11;

  static final int HASH = 0;

  /** In a table of pairs. */
  static final int KEY_HASH = 1;

  /** Where the hash of the key stands. */
  int keyHashAt() {
    return isPair ? KEY_HASH : HASH;
  }

  int keyRefAt() {
    return isPair ? 2 : 1;
  }

  int valueAt() {
    return keyRefAt() + (hasKeyBytes ? 1 : 0);
  }

  int valueRefAt() {
    return valueAt() + valueWords;
  }

  int width() {
    return valueRefAt() + (hasValueBytes ? 1 : 0);
  }

  boolean hasBytes() {
    return hasKeyBytes || hasValueBytes;
  }

  /** How many slots a segment has before it splits rather than grows: a power of two. */
  int mostSlots() {
    int slots = Integer.highestOneBit(MOST_WORDS / width());
    return hasBytes() ? Math.min(slots, MOST_SLOTS_WITH_BYTES) : slots;
  }
}
