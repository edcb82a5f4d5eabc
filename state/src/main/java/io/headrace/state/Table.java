package io.headrace.state;

import io.headrace.api.Invariant;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An extendible hash table (Fagin and others, 1979) of rows: a directory over the top bits of the
 * hash within the table's range, each entry of it a {@link Segment}. The owner's thread.
 *
 * <p><b>Use.</b> {@link #find} looks for a row and remembers its place; the value is then read from
 * {@link #words} at {@link #valueAt}, and written after {@link #write}.
 *
 * <p><b>Growth.</b> A segment starts small and doubles up to its full size; then it splits, which
 * moves its rows and no others. The directory is not deeper than the number of segments justifies:
 * where hashes have more bits in common, their segment grows instead. Slots follow from the hash,
 * mixed with a random salt; where hashes are even equal, from a second, salted hash of the keys.
 *
 * <p><b>Views.</b> The first write to a segment after a view copies it, if an open view shows it.
 */
final class Table {

  /** Full directories have so many entries for each segment that there are some for splits. */
  private static final int MOST_ENTRIES_PER_SEGMENT = 8;

  /** Different keys of equal hashes that are looked at before their segment is hashed anew. */
  private static final int MOST_EQUAL_HASHES = 8;

  /** Arrays beyond this are refused: 1 GB of words, 1 GB of bytes. */
  private static final long LARGEST_WORDS = 1L << 27;

  private static final long LARGEST_BYTES = 1L << 30;

  private static final long MULTIPLIER = 0xbf58476d1ce4e5b9L; // Of SplitMix64.

  private final RowLayout layout;
  private final int width;
  private final int valueOffset;
  private final boolean isExact;
  private final long firstHash;
  private final int lead;
  private final long salt;
  private final Epochs epochs;
  private final SegmentPool pool;
  private final Encoder key;
  private final Journal journal;
  private final int number;

  private Segment[] directory;
  private int depth;
  private int segments = 1;
  private long rows;

  /**
   * The place that was found last: its entry of the directory and its slot. No reference, for the
   * garbage collector's write barrier would cost more than the look-up in the directory.
   */
  private int index;

  private int slot;
  private boolean isFound;
  private int equalHashes;
  private long hash;
  private long keyHash;

  /**
   * An empty table.
   *
   * @param key holds the bytes of the key whenever {@link #find} is called, and until the row is no
   *     longer used; empty where hashes are enough
   * @param journal is told of each row before it is changed
   */
  Table(Hashing hashing, Encoder key, SegmentPool pool, Journal journal) {
    this.layout = pool.layout();
    this.width = layout.width();
    this.valueOffset = layout.valueAt();
    this.isExact = !layout.isPair() && !layout.hasKeyBytes();
    this.firstHash = hashing.range().first();
    this.lead = Long.numberOfLeadingZeros(hashing.range().last() - hashing.range().first());
    this.salt = Hash.mix(hashing.salt()) | 1; // Odd, and large where the bits given are not.
    this.key = key;
    this.pool = pool;
    this.epochs = pool.epochs();
    SegmentShape shape = new SegmentShape(SegmentShape.FEWEST_SLOTS, 0, 0, false);
    this.directory = pool.create(List.of(shape)).toArray(Segment[]::new);
    this.journal = journal;
    this.number = journal.add(this);
  }

  /** How many entries there are. */
  long rows() {
    return rows;
  }

  /** How many segments there are. */
  int segments() {
    return segments;
  }

  /** About how many bytes some writes may copy while a view is open. */
  long copiedBy(int writes) {
    return pool.heldBytes() / segments * Math.min(segments, writes);
  }

  /** How many bytes were copied because a view showed them. */
  long copiedBytes() {
    return pool.copiedBytes();
  }

  // Finding

  /**
   * Loads what {@link #find} will need for some hashes; the misses of many overlap. Returns
   * something that depends on all of it.
   */
  long touch(long[] hashes, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      Segment at = directory[indexOf(hashes[i])];
      sum += at.touch(at.home(spread(hashes[i])), hashes[i]);
    }
    return sum;
  }

  private int indexOf(long of) {
    // A shift by 64 would be none at all: hence in two steps.
    return (int) (of - firstHash << lead >>> 1 >>> Long.SIZE - 1 - depth);
  }

  /** Two rounds: after one, hashes in arithmetic progression would cluster for some salts. */
  private long spread(long of) {
    long round = (of ^ salt) * MULTIPLIER;
    return (round ^ round >>> 32) * salt;
  }

  private long secondHash(long ofKey, byte[] bytes, int from, int to) {
    return Hash.mix(Hash.ofBytes(bytes, from, to, Hash.mix(ofKey ^ salt)));
  }

  /** Looks for the row of a key. Returns whether there is an entry. */
  boolean find(long rowHash) {
    return find(rowHash, 0);
  }

  /** Looks for the row of a pair, whose hash is given and that of the key that it begins with. */
  boolean find(long rowHash, long pairKeyHash) {
    hash = rowHash;
    keyHash = pairKeyHash;
    return locate();
  }

  private boolean locate() {
    index = indexOf(hash);
    Segment at = directory[index];
    isFound = probe(at);
    return isFound && !at.isDeleted(slot);
  }

  private boolean probe(Segment at) {
    long[] words = at.words;
    equalHashes = 0;
    int next = at.home(at.isRehashed ? secondHash() : spread(hash));
    while (true) {
      long found = words[next * width];
      if (found == hash && (found != 0 || at.isTaken(next))) {
        if (isExact || isSameKey(at, next)) {
          slot = next;
          return true;
        }
        equalHashes++;
      } else if (found == 0 && !at.isTaken(next)) {
        slot = next;
        return false;
      }
      next = at.next(next);
    }
  }

  private long secondHash() {
    return secondHash(keyHash, key.buffer(), 0, key.size());
  }

  private boolean isSameKey(Segment at, int candidate) {
    int row = at.row(candidate);
    if (layout.isPair() && at.words[row + RowLayout.KEY_HASH] != keyHash) {
      return false;
    }
    if (!layout.hasKeyBytes()) {
      return true;
    }
    long reference = at.words[row + layout.keyRefAt()];
    int from = Segment.placeOf(reference);
    int to = from + Segment.lengthOf(reference);
    return Arrays.equals(at.bytes, from, to, key.buffer(), 0, key.size());
  }

  // What was looked for

  Encoder key() {
    return key;
  }

  RowLayout layout() {
    return layout;
  }

  /** Whether there is an entry. */
  boolean isLive() {
    return isFound && !directory[index].isDeleted(slot);
  }

  // The row that was found

  /** The words that the row stands in, to read and, after {@link #write}, to change. */
  long[] words() {
    return directory[index].words;
  }

  /** Where in them the words of its value begin. */
  int valueAt() {
    return slot * width + valueOffset;
  }

  /** The bytes that the bytes of its value stand in, to read. */
  byte[] bytes() {
    return directory[index].bytes;
  }

  /** Where the bytes of its value are. */
  long valueReference() {
    return words()[slot * width + layout.valueRefAt()];
  }

  /**
   * Makes the row that was looked for one that may be written: there, in no view, and noted as
   * changed. When this throws because there is no memory left, the table is as it was.
   */
  void write() {
    note();
    Segment at = directory[index];
    if (isFound && at.epoch() == epochs.current()) {
      markWritten(at);
    } else {
      prepare(0);
    }
  }

  /** As {@link #write}, and sets the bytes of the value. */
  void write(Encoder value) {
    note();
    int length = value.size();
    long before = isFound ? valueReference() : 0;
    int more = Segment.roomFor(length);
    prepare(isFound && more <= Segment.roomFor(Segment.lengthOf(before)) ? 0 : more);
    Segment at = directory[index];
    int reference = slot * width + layout.valueRefAt();
    at.words[reference] = at.replace(at.words[reference], value.buffer(), length);
  }

  private void note() {
    if (journal.isNoting()) {
      journal.note(this, number, hash, keyHash);
    }
  }

  private void prepare(int valueRoom) {
    makeRoom((isFound || !layout.hasKeyBytes() ? 0 : Segment.roomFor(key.size())) + valueRoom);
    Segment at = writable();
    if (!isFound) {
      insert(at);
    }
    markWritten(at);
  }

  private void markWritten(Segment at) {
    if (at.isDeleted(slot)) {
      at.revive(slot);
      rows++;
    }
    at.markWritten(slot);
  }

  private void insert(Segment at) {
    int row = slot * width;
    at.take(slot);
    at.words[row + RowLayout.HASH] = hash;
    if (layout.isPair()) {
      at.words[row + RowLayout.KEY_HASH] = keyHash;
    }
    if (layout.hasKeyBytes()) {
      at.words[row + layout.keyRefAt()] = at.append(key.buffer(), 0, key.size());
    }
    isFound = true;
    rows++;
  }

  /** Deletes the entry that was found, if it is there. */
  void delete() {
    if (!isLive()) {
      return;
    }
    note();
    Segment at = writable();
    at.delete(slot);
    at.markWritten(slot);
    rows--;
  }

  /** What its segments are made by. */
  SegmentPool pool() {
    return pool;
  }

  /** The segment of the row, copied if an open view shows it. */
  private Segment writable() {
    Segment at = directory[index];
    if (at.epoch() == epochs.current()) {
      return at;
    }
    Segment entered = at;
    if (epochs.isShown(at.epoch())) {
      entered = pool.copy(at);
      replace(at, List.of(entered));
    }
    entered.enter(epochs.current(), epochs.covered());
    return entered;
  }

  // Growing

  /** Makes room for the row that was looked for, and for bytes; afterwards it is found anew. */
  private void makeRoom(int bytes) {
    while (!hasRoom(directory[index], bytes)) {
      Segment full = directory[index];
      boolean floods = !isFound && equalHashes > MOST_EQUAL_HASHES;
      redistribute(full, shapes(full, bytes, floods));
      locate();
    }
  }

  private boolean hasRoom(Segment at, int bytes) {
    return (isFound || at.hasFreeSlot() && (equalHashes <= MOST_EQUAL_HASHES || at.isRehashed))
        && at.hasRoom(bytes);
  }

  /** The segments that are to take the place of one: one or two. */
  private List<SegmentShape> shapes(Segment full, int bytes, boolean floods) {
    boolean isRehashed = full.isRehashed || floods;
    int kept = 0;
    long keptBytes = 0;
    for (int each = 0; each < full.slots; each++) {
      if (isNeeded(full, each)) {
        kept++;
        keptBytes += full.roomOf(each);
      }
    }
    long slots = SegmentShape.slotsFor(kept + 1L);
    if (full.hasFreeSlot()) {
      slots = Math.min(slots, full.slots);
    }
    boolean grows = slots > full.slots || !full.hasRoom(bytes) && !full.isMostlyWaste();
    if (grows && isLarge(full) && kept > 1 && maySplit(full)) {
      return split(full, bytes, isRehashed);
    }
    return List.of(shape(slots, keptBytes + bytes, full.depth, isRehashed));
  }

  private boolean isLarge(Segment full) {
    return full.slots >= layout.mostSlots() || full.bytes.length >= RowLayout.MOST_BYTES;
  }

  private boolean maySplit(Segment full) {
    return full.depth < depth
        || depth + lead < Long.SIZE - 1 && directory.length < MOST_ENTRIES_PER_SEGMENT * segments;
  }

  private List<SegmentShape> split(Segment full, int bytes, boolean isRehashed) {
    int[] kept = new int[2];
    long[] keptBytes = new long[2];
    for (int each = 0; each < full.slots; each++) {
      if (isNeeded(full, each)) {
        int half = half(full, full.words[full.row(each)]);
        kept[half]++;
        keptBytes[half] += full.roomOf(each);
      }
    }
    int own = half(full, hash);
    kept[own]++;
    keptBytes[own] += bytes;
    List<SegmentShape> halves = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      long slots = Math.min(full.slots, SegmentShape.slotsFor(kept[half]));
      halves.add(shape(slots, keptBytes[half], full.depth + 1, isRehashed));
    }
    return halves;
  }

  /** On which side of a split a hash comes to be. */
  private int half(Segment of, long rowHash) {
    return (int) (rowHash - firstHash << lead << of.depth >>> Long.SIZE - 1);
  }

  private SegmentShape shape(long slots, long bytes, int atDepth, boolean isRehashed) {
    long room = SegmentShape.bytesFor(bytes);
    if (slots * width > LARGEST_WORDS || room > LARGEST_BYTES) {
      throw pool.exceeded(slots * width * Long.BYTES + room);
    }
    return new SegmentShape((int) slots, (int) room, atDepth, isRehashed);
  }

  /** Whether a row must be kept: one of a deleted entry only as long as a view has to tell it. */
  private boolean isNeeded(Segment in, int each) {
    return in.isTaken(each)
        && (!in.isDeleted(each) || epochs.hasViews() && in.isWrittenAfter(epochs.covered(), each));
  }

  private void redistribute(Segment old, List<SegmentShape> shapes) {
    List<Segment> fresh = pool.create(shapes);
    for (Segment each : fresh) {
      each.datesFrom(old);
    }
    for (int each = 0; each < old.slots; each++) {
      if (isNeeded(old, each)) {
        int half = fresh.size() == 1 ? 0 : half(old, old.words[old.row(each)]);
        move(old, each, fresh.get(half));
      }
    }
    replace(old, fresh);
    segments += fresh.size() - 1;
    fresh.forEach(each -> each.enter(epochs.current(), epochs.covered()));
  }

  private void move(Segment from, int each, Segment to) {
    long rowHash = from.words[from.row(each)];
    int free = to.home(to.isRehashed ? secondHash(from, each) : spread(rowHash));
    while (to.isTaken(free)) {
      free = to.next(free);
    }
    to.moveHere(from, each, free);
  }

  private long secondHash(Segment of, int each) {
    int row = of.row(each);
    long reference = layout.hasKeyBytes() ? of.words[row + layout.keyRefAt()] : 0;
    int from = Segment.placeOf(reference);
    return secondHash(
        layout.isPair() ? of.words[row + RowLayout.KEY_HASH] : 0,
        of.bytes,
        from,
        from + Segment.lengthOf(reference));
  }

  /** Puts segments in the place of one, in all of its entries of the directory. */
  private void replace(Segment old, List<Segment> fresh) {
    if (fresh.size() > 1 && old.depth == depth) {
      doubleDirectory();
    }
    int entries = 1 << depth - old.depth;
    int first = indexOf(hash) & -entries;
    Invariant.check(directory[first] == old, "entry %s is not of the segment", first);
    int each = entries / fresh.size();
    for (int i = 0; i < fresh.size(); i++) {
      Arrays.fill(directory, first + i * each, first + (i + 1) * each, fresh.get(i));
    }
    pool.replaced(old);
  }

  private void doubleDirectory() {
    Segment[] doubled = new Segment[directory.length * 2];
    for (int i = 0; i < doubled.length; i++) {
      doubled[i] = directory[i / 2];
    }
    directory = doubled;
    depth++;
  }

  // Views

  /** Its segments, each once. */
  List<Segment> all() {
    List<Segment> all = new ArrayList<>(segments);
    for (int at = 0; at < directory.length; at += 1 << depth - directory[at].depth) {
      all.add(directory[at]);
    }
    return all;
  }

  /** What the table holds now, to be read while {@code open} is; before the epoch has ended. */
  TableView view(Epochs.OpenView open) {
    pool.viewTaken();
    return new TableView(all(), open);
  }
}
