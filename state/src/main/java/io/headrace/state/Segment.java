package io.headrace.state;

import java.util.Arrays;

/**
 * A part of a table: rows in open addressing with linear probing, and the bytes that belong to
 * them.
 *
 * <p>After the rows, in the same array, stand three bitmaps with a bit for each slot: whether it is
 * taken, whether its entry is deleted, and whether it was written since the segment's base. An
 * array that a view may see is never written again: the segment is copied first.
 */
final class Segment {

  static final byte[] NO_BYTES = {};

  final RowLayout layout;
  final int width;
  final int slots;
  final long[] words;
  private final int shift;

  /** How many bits of the place in the range all hashes here have in common. */
  final int depth;

  byte[] bytes;
  int bytesUsed;
  int bytesWasted;
  int taken;
  int deleted;
  long epoch;

  Segment(RowLayout layout, int slots, int depth, long epoch) {
    this(layout, slots, depth, new long[wordsOf(layout, slots)]);
    this.bytes = NO_BYTES;
    this.epoch = epoch;
  }

  private Segment(RowLayout layout, int slots, int depth, long[] words) {
    this.layout = layout;
    this.width = layout.width();
    this.slots = slots;
    this.depth = depth;
    this.words = words;
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    this.bytes = NO_BYTES;
  }

  static int wordsOf(RowLayout layout, int slots) {
    return slots * layout.width() + 3 * bitmapWords(slots);
  }

  private static int bitmapWords(int slots) {
    return (slots + Long.SIZE - 1) / Long.SIZE;
  }

  /** A copy that may be written, in arrays that are given or new. */
  Segment copy(long newEpoch, long[] reusedWords, byte[] reusedBytes) {
    System.arraycopy(words, 0, reusedWords, 0, words.length);
    System.arraycopy(bytes, 0, reusedBytes, 0, bytesUsed);
    Segment copy = new Segment(layout, slots, depth, reusedWords);
    copy.bytes = reusedBytes;
    copy.bytesUsed = bytesUsed;
    copy.bytesWasted = bytesWasted;
    copy.taken = taken;
    copy.deleted = deleted;
    copy.epoch = newEpoch;
    return copy;
  }

  long footprint() {
    return (long) words.length * Long.BYTES + bytes.length;
  }

  /** The first slot to look at for a hash that was salted. */
  int home(long salted) {
    return (int) (salted >>> shift);
  }

  int row(int slot) {
    return slot * width;
  }

  int next(int slot) {
    return slot + 1 & slots - 1;
  }

  private int takenBits() {
    return slots * width;
  }

  private boolean bit(int bitmap, int slot) {
    return (words[takenBits() + bitmap * bitmapWords(slots) + (slot >>> 6)] >>> slot & 1) != 0;
  }

  private void set(int bitmap, int slot) {
    words[takenBits() + bitmap * bitmapWords(slots) + (slot >>> 6)] |= 1L << slot;
  }

  private void unset(int bitmap, int slot) {
    words[takenBits() + bitmap * bitmapWords(slots) + (slot >>> 6)] &= ~(1L << slot);
  }

  boolean isTaken(int slot) {
    return bit(0, slot);
  }

  boolean isDeleted(int slot) {
    return bit(1, slot);
  }

  boolean isDirty(int slot) {
    return bit(2, slot);
  }

  boolean isLive(int slot) {
    return isTaken(slot) && !(deleted > 0 && isDeleted(slot));
  }

  void markTaken(int slot) {
    set(0, slot);
    taken++;
  }

  void markDeleted(int slot) {
    set(1, slot);
    deleted++;
  }

  void markRevived(int slot) {
    unset(1, slot);
    deleted--;
  }

  void markDirty(int slot) {
    set(2, slot);
  }

  void clearDirty() {
    int from = takenBits() + 2 * bitmapWords(slots);
    Arrays.fill(words, from, from + bitmapWords(slots), 0);
  }

  int bytesFrom(int row) {
    return (int) (words[row + layout.bytesAt()] >>> 32);
  }

  int bytesLength(int row) {
    return (int) words[row + layout.bytesAt()];
  }

  void bytesAt(int row, int from, int length) {
    words[row + layout.bytesAt()] = (long) from << 32 | length;
  }
}
