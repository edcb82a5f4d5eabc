package io.headrace.state;

import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An extendible hash table (Fagin and others, 1979) of rows: a directory over the top bits of the
 * hash within the table's range, each entry of it a {@link Segment}.
 *
 * <p><b>Use.</b> {@link #locate} finds the row of a key and remembers it; the value is then read
 * from {@link #words} at {@link #valueAt}, or written after {@link #prepareWrite}. One thread.
 *
 * <p><b>Growth.</b> A segment starts small and doubles up to its full size; then it splits, which
 * moves half of its rows and no others. The directory is as deep as the number of rows justifies. A
 * segment whose hashes have more bits in common than that grows instead: slots come from the hash
 * multiplied by a random salt, so rows spread over them whichever bits they share.
 *
 * <p><b>Views.</b> A view holds the segments of its moment and raises the table's epoch. The first
 * write to a segment of an older epoch copies it, if any view is open. Arrays that were replaced
 * are used again once no view is open.
 *
 * <p><b>Changes.</b> A dirty bit says that a row was written since its segment's base: the last
 * epoch that was covered, when the segment was first written after it. So a row without a dirty bit
 * in a segment was not written since any covered epoch; a row with one may have been written
 * before.
 */
final class Table {

  private static final int FIRST_SLOTS = 16;
  private static final int FIRST_BYTES = 256;

  private final String name;
  private final RowLayout layout;
  private final HashRange range;
  private final MemoryBudget budget;
  private final long salt;
  private final int lead;
  private final AtomicInteger openViews = new AtomicInteger();
  private final Deque<Segment> replaced = new ArrayDeque<>();
  private final SpareArrays spares;

  private Segment[] directory;
  private int depth;
  private long rows;
  private long epoch = 1;
  private long covered;

  /**
   * The row that was located last: its directory entry and slot. Numbers, since a reference stored
   * into this old object for each row would cost more than all the rest under some collectors.
   */
  private int entry;

  private int slot;
  private boolean isFound;
  private long hash;
  private Encoder key;

  /**
   * An empty table.
   *
   * @param name the operator and state, for errors
   * @param salt random bits
   */
  Table(String name, RowLayout layout, HashRange range, MemoryBudget budget, long salt) {
    this.name = name;
    this.layout = layout;
    this.range = range;
    this.budget = budget;
    this.salt = salt | 1;
    this.lead = Long.numberOfLeadingZeros(range.last() - range.first());
    this.directory = new Segment[] {newSegment(FIRST_SLOTS, 0)};
    this.key = new Encoder(0);
    this.spares = new SpareArrays(name, budget);
  }

  /** How many rows hold an entry. */
  long rows() {
    return rows;
  }

  // Finding

  /** Loads what {@link #locate} will need for a hash, so that misses of many overlap. */
  long touch(long hash) {
    Segment at = directory[indexOf(hash)];
    return at.words[at.row(at.home(salted(hash)))];
  }

  private int indexOf(long hash) {
    // A shift by 64 would be none at all: hence in two steps.
    return (int) ((hash - range.first()) << lead >>> 1 >>> Long.SIZE - 1 - depth);
  }

  private long salted(long hash) {
    return (hash ^ hash >>> 32) * salt;
  }

  /**
   * Looks for the row of a key. Returns whether it holds an entry.
   *
   * @param keyBytes the encoded key, if keys are kept as bytes, else empty; must not change until
   *     the row is no longer used
   */
  boolean locate(long keyHash, Encoder keyBytes) {
    hash = keyHash;
    if (key != keyBytes) {
      key = keyBytes;
    }
    entry = indexOf(keyHash);
    Segment at = directory[entry];
    isFound = probe(at);
    return isFound && !(at.deleted > 0 && at.isDeleted(slot));
  }

  private Segment segment() {
    return directory[entry];
  }

  private boolean probe(Segment at) {
    long[] words = at.words;
    int next = at.home(salted(hash));
    while (true) {
      long found = words[at.row(next)];
      if (found == hash && (found != 0 || at.isTaken(next)) && hasKey(at, next)) {
        slot = next;
        return true;
      }
      if (found == 0 && !at.isTaken(next)) {
        slot = next;
        return false;
      }
      next = at.next(next);
    }
  }

  private boolean hasKey(Segment at, int candidate) {
    int length = key.size();
    if (length == 0) {
      return true;
    }
    int row = at.row(candidate);
    int from = at.bytesFrom(row);
    return at.bytesLength(row) >= length
        && Arrays.equals(at.bytes, from, from + length, key.buffer(), 0, length);
  }

  // The located row

  /** The words that the located row stands in, to read. */
  long[] words() {
    return segment().words;
  }

  /** Where its value begins. */
  int valueAt() {
    return segment().row(slot) + RowLayout.VALUE;
  }

  /** The bytes that the located row's key and value stand in, to read. */
  byte[] bytes() {
    return segment().bytes;
  }

  /** Where the bytes begin: the key, then the value if it is kept as bytes. */
  int bytesFrom() {
    Segment segment = segment();
    return segment.bytesFrom(segment.row(slot));
  }

  /** How many bytes they are. */
  int bytesLength() {
    Segment segment = segment();
    return segment.bytesLength(segment.row(slot));
  }

  /** Whether the located row is there, with an entry or with one that was deleted. */
  boolean isFound() {
    return isFound;
  }

  /**
   * Makes the located row ready to be written: there, marked dirty, and in no view. When this
   * throws because there is no memory left, the table is as it was.
   *
   * @param bytesNeeded how long the bytes of the row will be
   */
  void prepareWrite(int bytesNeeded) {
    makeWritable();
    if (!isFound && isFull()) {
      makeRoom();
    }
    if (bytesNeeded > 0 && (!isFound || bytesLength() < bytesNeeded)) {
      reserveBytes(bytesNeeded);
    }
    Segment segment = segment();
    if (!isFound) {
      insert(segment);
    } else if (segment.deleted > 0 && segment.isDeleted(slot)) {
      segment.markRevived(slot);
      rows++;
    }
    segment.markDirty(slot);
  }

  /** Deletes the located row's entry. */
  void delete() {
    if (!isFound || !segment().isLive(slot)) {
      return;
    }
    makeWritable();
    Segment segment = segment();
    segment.markDeleted(slot);
    segment.markDirty(slot);
    rows--;
  }

  /** Sets the bytes of the located row, after {@link #prepareWrite}. */
  void storeBytes(Encoder content) {
    Segment segment = segment();
    int row = segment.row(slot);
    int length = content.size();
    int before = segment.bytesLength(row);
    if (length > before) {
      segment.bytesWasted += before;
      segment.bytesAt(row, segment.bytesUsed, length);
      segment.bytesUsed += length;
    } else {
      segment.bytesWasted += before - length;
      segment.bytesAt(row, segment.bytesFrom(row), length);
    }
    System.arraycopy(content.buffer(), 0, segment.bytes, segment.bytesFrom(row), length);
  }

  private void reserveBytes(int more) {
    Segment segment = segment();
    if (segment.bytesUsed + more <= segment.bytes.length) {
      return;
    }
    int live = segment.bytesUsed - segment.bytesWasted + more;
    int capacity = Math.max(FIRST_BYTES, Integer.highestOneBit(live) * 2);
    byte[] room = newBytes(capacity);
    int used = 0;
    for (int each = 0; each < segment.slots; each++) {
      if (segment.isTaken(each)) {
        int row = segment.row(each);
        int length = segment.bytesLength(row);
        System.arraycopy(segment.bytes, segment.bytesFrom(row), room, used, length);
        segment.bytesAt(row, used, length);
        used += length;
      }
    }
    budget.giveBack(segment.bytes.length);
    segment.bytes = room;
    segment.bytesUsed = used;
    segment.bytesWasted = 0;
  }

  // Growing

  private boolean isFull() {
    Segment segment = segment();
    return (segment.taken + 1) * 4 > segment.slots * 3;
  }

  private void insert(Segment segment) {
    segment.markTaken(slot);
    int row = segment.row(slot);
    segment.words[row + RowLayout.HASH] = hash;
    isFound = true;
    rows++;
  }

  /** Makes the located segment less full; the row stays located. */
  private void makeRoom() {
    Segment segment = segment();
    if (segment.slots < layout.mostSlots() || !maySplit(segment)) {
      boolean isHalfFree = (kept(segment) + 1) * 2 <= segment.slots;
      replace(segment, List.of(rebuilt(segment, segment.slots * (isHalfFree ? 1 : 2))));
    } else {
      split(segment);
    }
    entry = indexOf(hash);
    isFound = probe(segment());
    if (isFull()) {
      makeRoom();
    }
  }

  private int kept(Segment in) {
    int kept = 0;
    for (int each = 0; each < in.slots; each++) {
      kept += isKept(in, each) ? 1 : 0;
    }
    return kept;
  }

  /** Whether the directory may be as deep as a split of the located segment needs it. */
  private boolean maySplit(Segment segment) {
    if (segment.depth < depth) {
      return true;
    }
    long segmentsWorthHaving = 8 * (rows / layout.mostSlots() + 1);
    return depth + lead < Long.SIZE - 1 && 1L << depth < segmentsWorthHaving;
  }

  private void split(Segment full) {
    if (full.depth == depth) {
      Segment[] doubled = new Segment[directory.length * 2];
      for (int i = 0; i < doubled.length; i++) {
        doubled[i] = directory[i / 2];
      }
      directory = doubled;
      depth++;
    }
    Segment low = newSegment(full.slots, full.depth + 1);
    Segment high = newSegment(full.slots, full.depth + 1);
    for (int each = 0; each < full.slots; each++) {
      if (isKept(full, each)) {
        long place = (full.words[full.row(each)] - range.first()) << lead;
        move(full, each, (place << full.depth) < 0 ? high : low);
      }
    }
    replace(full, List.of(low, high));
  }

  private Segment rebuilt(Segment old, int slots) {
    Segment fresh = newSegment(slots, old.depth);
    for (int each = 0; each < old.slots; each++) {
      if (isKept(old, each)) {
        move(old, each, fresh);
      }
    }
    return fresh;
  }

  /** Whether a row is needed: deleted ones are until their deletion is covered. */
  private boolean isKept(Segment from, int each) {
    return from.isTaken(each) && !(from.isDeleted(each) && !from.isDirty(each));
  }

  private void move(Segment from, int each, Segment to) {
    int source = from.row(each);
    int free = to.home(salted(from.words[source]));
    while (to.isTaken(free)) {
      free = to.next(free);
    }
    int target = to.row(free);
    System.arraycopy(from.words, source, to.words, target, from.width);
    if (layout.hasBytes()) {
      moveBytes(from, source, to, target);
    }
    to.markTaken(free);
    if (from.isDeleted(each)) {
      to.markDeleted(free);
    }
    if (from.isDirty(each)) {
      to.markDirty(free);
    }
  }

  private void moveBytes(Segment from, int source, Segment to, int target) {
    int length = from.bytesLength(source);
    if (to.bytesUsed + length > to.bytes.length) {
      byte[] room =
          newBytes(Math.max(FIRST_BYTES, Integer.highestOneBit(to.bytesUsed + length) * 2));
      System.arraycopy(to.bytes, 0, room, 0, to.bytesUsed);
      budget.giveBack(to.bytes.length);
      to.bytes = room;
    }
    System.arraycopy(from.bytes, from.bytesFrom(source), to.bytes, to.bytesUsed, length);
    to.bytesAt(target, to.bytesUsed, length);
    to.bytesUsed += length;
  }

  // Copying

  /** Makes the located segment one that no view sees. */
  private void makeWritable() {
    Segment segment = segment();
    if (segment.epoch != epoch) {
      enterEpoch(segment);
    }
  }

  private void enterEpoch(Segment old) {
    Segment current = old;
    if (openViews.get() > 0) {
      current = copied(old);
      replace(old, List.of(current));
    }
    if (old.epoch <= covered) {
      current.clearDirty();
    }
    current.epoch = epoch;
  }

  private Segment copied(Segment old) {
    recycle();
    return old.copy(epoch, spares.words(old.words.length), spares.bytes(old.bytes.length));
  }

  /** Puts segments in the place of one in the directory. */
  private void replace(Segment old, List<Segment> fresh) {
    int from = firstIndexOf(old);
    int each = (1 << depth - old.depth) / fresh.size();
    for (int i = 0; i < fresh.size(); i++) {
      Arrays.fill(directory, from + i * each, from + (i + 1) * each, fresh.get(i));
    }
    if (openViews.get() > 0) {
      replaced.add(old);
    } else {
      budget.giveBack(old.footprint());
    }
  }

  /** The first directory entry of a segment: all of its hashes agree in the bits above. */
  private int firstIndexOf(Segment old) {
    int index = indexOf(hash);
    int first = index >>> depth - old.depth << depth - old.depth;
    assert directory[first] == old : "the directory disagrees with a segment's depth";
    return first;
  }

  /** Takes back the arrays of replaced segments that no view sees any more. */
  private void recycle() {
    if (openViews.get() > 0) {
      return;
    }
    for (Segment old = replaced.poll(); old != null; old = replaced.poll()) {
      spares.giveBack(old);
    }
  }

  private Segment newSegment(int slots, int atDepth) {
    budget.take((long) Segment.wordsOf(layout, slots) * Long.BYTES, name);
    return new Segment(layout, slots, atDepth, epoch);
  }

  private byte[] newBytes(int length) {
    budget.take(length, name);
    return length == 0 ? Segment.NO_BYTES : new byte[length];
  }

  // Views

  /** What the table holds now. */
  TableView view() {
    recycle();
    List<Segment> segments = new ArrayList<>();
    for (int index = 0; index < directory.length; index++) {
      if (index == 0 || directory[index] != directory[index - 1]) {
        segments.add(directory[index]);
      }
    }
    openViews.incrementAndGet();
    return new TableView(segments, epoch++, covered, openViews::decrementAndGet);
  }

  /** Counts views: the epoch that begins after the last one. */
  long epoch() {
    return epoch;
  }

  /** Says that what changed up to the view of an epoch need not be told again. */
  void coveredUpTo(long viewEpoch) {
    covered = Math.max(covered, viewEpoch);
  }
}
