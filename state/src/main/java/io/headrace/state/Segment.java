package io.headrace.state;

import io.headrace.codec.Encoder;
import java.util.Arrays;

/**
 * A part of a table: rows in open addressing with linear probing, and the bytes that belong to
 * them. The owner's thread; a segment that an open view shows is not written but copied, so the
 * view's thread reads it without a lock.
 *
 * <p>After the rows, in the same array, stand four bitmaps with a bit for each slot: whether a row
 * is there; whether it is of a deleted entry; whether it was written in the recent epochs, the last
 * of which is {@link #epoch}; whether it was written in the epochs before those, the last of which
 * is {@link #earlier}. Two generations, since a segment is often written again before the
 * checkpoint of its last writes is complete.
 *
 * <p>A reference is a word with a place in the bytes and a length. Bytes are given out in multiples
 * of 8, so that a value may grow a little where it stands.
 */
final class Segment {

  private static final int TAKEN = 0;
  private static final int DELETED = 1;
  private static final int RECENT = 2;
  private static final int EARLIER = 3;

  final RowLayout layout;
  final int slots;

  /** How many bits of the place in the table's range all hashes here have in common. */
  final int depth;

  /** Whether slots follow from a second, salted hash, since many keys have equal hashes. */
  final boolean isRehashed;

  final long[] words;
  final byte[] bytes;
  private final int width;
  private final int shift;
  private final int bitmapsAt;
  private final int bitmapWords;

  private int taken;
  private int deleted;
  private int bytesUsed;
  private int bytesWasted;
  private long epoch;
  private long earlier = Epochs.NONE;

  /** An empty segment, last written in an epoch. */
  Segment(RowLayout layout, SegmentShape shape, long epoch) {
    this(layout, shape, new long[Math.toIntExact(shape.words(layout))], new byte[shape.bytes()]);
    this.epoch = epoch;
  }

  private Segment(RowLayout layout, SegmentShape shape, long[] words, byte[] bytes) {
    this.layout = layout;
    this.slots = shape.slots();
    this.depth = shape.depth();
    this.isRehashed = shape.isRehashed();
    this.words = words;
    this.bytes = bytes;
    this.width = layout.width();
    this.shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
    this.bitmapsAt = slots * width;
    this.bitmapWords = SegmentShape.bitmapWords(slots);
  }

  SegmentShape shape() {
    return new SegmentShape(slots, bytes.length, depth, isRehashed);
  }

  /** A segment with the same rows, in other arrays at least as large. */
  Segment copyInto(long[] otherWords, byte[] otherBytes) {
    System.arraycopy(words, 0, otherWords, 0, words.length);
    System.arraycopy(bytes, 0, otherBytes, 0, bytesUsed);
    Segment copy = new Segment(layout, shape(), otherWords, otherBytes);
    copy.taken = taken;
    copy.deleted = deleted;
    copy.bytesUsed = bytesUsed;
    copy.bytesWasted = bytesWasted;
    copy.epoch = epoch;
    copy.earlier = earlier;
    return copy;
  }

  /** The memory that its arrays take. */
  long footprint() {
    return (long) words.length * Long.BYTES + bytes.length;
  }

  // Slots

  /** The slot to look at first for a hash whose top bits are spread evenly. */
  int home(long spread) {
    return (int) (spread >>> shift);
  }

  /** The slot to look at after another. */
  int next(int slot) {
    return slot + 1 & slots - 1;
  }

  /** Where the row of a slot begins in the words. */
  int row(int slot) {
    return slot * width;
  }

  /**
   * Loads what reading and writing the row of a slot needs, and the bytes of its key if it has that
   * hash. Returns something that depends on all of it.
   */
  long touch(int slot, long hash) {
    int row = row(slot);
    long found = words[row];
    long sum = found + words[at(RECENT, slot)];
    if (layout.hasKeyBytes() && found == hash && bytes.length > 0) {
      int place = placeOf(words[row + layout.keyRefAt()]);
      sum += bytes[place & bytes.length - 1]; // An empty key may stand behind the last byte.
    }
    return sum;
  }

  /** Whether there is a row, be it of a deleted entry. */
  boolean isTaken(int slot) {
    return has(TAKEN, slot);
  }

  /** Whether there is an entry. */
  boolean isLive(int slot) {
    return has(TAKEN, slot) && !(deleted > 0 && has(DELETED, slot));
  }

  /** Whether the row of a slot is of a deleted entry. */
  boolean isDeleted(int slot) {
    return deleted > 0 && has(DELETED, slot);
  }

  /** Whether one more row leaves a quarter of the slots free. */
  boolean hasFreeSlot() {
    return (taken + 1) * 4L <= slots * 3L;
  }

  /** How many rows there are, also of deleted entries. */
  int taken() {
    return taken;
  }

  void take(int slot) {
    set(TAKEN, slot);
    taken++;
  }

  void delete(int slot) {
    set(DELETED, slot);
    deleted++;
  }

  void revive(int slot) {
    words[at(DELETED, slot)] &= ~(1L << slot);
    deleted--;
  }

  private int at(int bitmap, int slot) {
    return bitmapsAt + bitmap * bitmapWords + (slot >>> 6);
  }

  private boolean has(int bitmap, int slot) {
    return (words[at(bitmap, slot)] >>> slot & 1) != 0;
  }

  private void set(int bitmap, int slot) {
    words[at(bitmap, slot)] |= 1L << slot;
  }

  // Changes

  /** The epoch of the last write. */
  long epoch() {
    return epoch;
  }

  /** Notes that the row of a slot is written in the current epoch, which must have been entered. */
  void markWritten(int slot) {
    set(RECENT, slot);
  }

  /** Whether a row was written after an epoch, or perhaps not long before. */
  boolean isWrittenAfter(long covered, int slot) {
    return epoch > covered && has(RECENT, slot) || earlier > covered && has(EARLIER, slot);
  }

  /** Makes room among the generations for writes of the current epoch. */
  void enter(long current, long covered) {
    if (epoch == current) {
      return;
    }
    if (earlier <= covered) {
      int recent = at(RECENT, 0);
      if (epoch <= covered) {
        Arrays.fill(words, at(EARLIER, 0), at(EARLIER, 0) + bitmapWords, 0);
        earlier = Epochs.NONE;
      } else {
        System.arraycopy(words, recent, words, at(EARLIER, 0), bitmapWords);
        earlier = epoch;
      }
      Arrays.fill(words, recent, recent + bitmapWords, 0);
    }
    epoch = current;
  }

  // Bytes

  static int placeOf(long reference) {
    return (int) (reference >>> 32);
  }

  static int lengthOf(long reference) {
    return (int) reference;
  }

  /** How much room some bytes take. */
  static int roomFor(int length) {
    return length + 7 & -8;
  }

  int bytesUsed() {
    return bytesUsed;
  }

  /** Whether so much is no longer used that it pays to move the rest together. */
  boolean isMostlyWaste() {
    return bytesWasted * 2L > bytesUsed;
  }

  boolean hasRoom(int more) {
    return bytes.length - bytesUsed >= more;
  }

  /** Puts bytes where they get room of their own. Returns the reference. */
  long append(byte[] from, int at, int length) {
    long reference = (long) bytesUsed << 32 | length;
    System.arraycopy(from, at, bytes, bytesUsed, length);
    bytesUsed += roomFor(length);
    return reference;
  }

  /** Puts bytes in the place of others if they fit, else elsewhere. Returns the reference. */
  long replace(long reference, byte[] from, int length) {
    int room = roomFor(lengthOf(reference));
    if (length > room) {
      bytesWasted += room;
      return append(from, 0, length);
    }
    bytesWasted += room - roomFor(length);
    System.arraycopy(from, 0, bytes, placeOf(reference), length);
    return reference & 0xffffffff00000000L | length;
  }

  /** How much room the bytes of a row take. */
  int roomOf(int slot) {
    int row = row(slot);
    return (layout.hasKeyBytes() ? roomFor(lengthOf(words[row + layout.keyRefAt()])) : 0)
        + (layout.hasValueBytes() ? roomFor(lengthOf(words[row + layout.valueRefAt()])) : 0);
  }

  /** Appends the bytes of the key of the row that begins at a word. */
  void writeKey(int row, Encoder out) {
    long reference = words[row + layout.keyRefAt()];
    out.writeFixed(bytes, placeOf(reference), lengthOf(reference));
  }

  // Moving

  /** Takes over the row of a slot of another segment of the same epoch. */
  void moveHere(Segment from, int slot, int free) {
    int source = from.row(slot);
    int target = row(free);
    System.arraycopy(from.words, source, words, target, width);
    if (layout.hasKeyBytes()) {
      moveBytes(from, source + layout.keyRefAt(), target + layout.keyRefAt());
    }
    if (layout.hasValueBytes()) {
      moveBytes(from, source + layout.valueRefAt(), target + layout.valueRefAt());
    }
    take(free);
    if (from.isDeleted(slot)) {
      delete(free);
    }
    if (from.has(RECENT, slot)) {
      set(RECENT, free);
    }
    if (from.has(EARLIER, slot)) {
      set(EARLIER, free);
    }
  }

  private void moveBytes(Segment from, int source, int target) {
    long reference = from.words[source];
    words[target] = append(from.bytes, placeOf(reference), lengthOf(reference));
  }

  /** Takes over when rows were written. */
  void datesFrom(Segment from) {
    epoch = from.epoch;
    earlier = from.earlier;
  }
}
