package io.headrace.state;

import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Notes what rows were before the current element changed them, and makes them so again: the last
 * change first, so that what was noted first counts. The owner's thread.
 *
 * <p>A note is some words, read from the last: the table and whether there was an entry; how long
 * its key and its value are, which stand in the bytes; the words of the value; the hash of the key,
 * and that of the row. What notes take beyond a few kilobytes is taken from the budget until the
 * element ends, so what one element may write is bounded by it.
 */
final class Journal {

  /** Arrays up to this size are kept between elements, and not charged. */
  private static final int KEPT = 1 << 10;

  /** Arrays beyond this are refused. */
  private static final int MOST = 1 << 29;

  /** Words of each note beside those of the value. */
  private static final int FIXED_WORDS = 4;

  private final MemoryBudget budget;
  private final List<Table> tables = new ArrayList<>();
  private final Encoder value = new Encoder();
  private boolean isNoting;
  private boolean isPending;
  private long[] words = new long[KEPT];
  private byte[] bytes = new byte[KEPT];
  private int wordsUsed;
  private int bytesUsed;

  Journal(MemoryBudget budget) {
    this.budget = budget;
  }

  /** Adds a table whose rows may be noted. Returns its number. */
  int add(Table table) {
    tables.add(table);
    return tables.size() - 1;
  }

  /** Whether changes must be noted. */
  boolean isNoting() {
    return isNoting;
  }

  /** Whether an element has begun and was neither committed nor undone. */
  boolean isPending() {
    return isPending;
  }

  /** Begins an element. */
  void begin() {
    isNoting = true;
    isPending = true;
  }

  /** Forgets what was noted. */
  void commit() {
    isNoting = false;
    isPending = false;
    wordsUsed = 0;
    bytesUsed = 0;
    if (words.length > KEPT) {
      budget.giveBack((long) words.length * Long.BYTES);
      words = new long[KEPT];
    }
    if (bytes.length > KEPT) {
      budget.giveBack(bytes.length);
      bytes = new byte[KEPT];
    }
  }

  // Noting

  /**
   * Notes the row that a table looked for, which is to be changed next.
   *
   * @param number of the table
   * @param hash which the table looked for, as it did for the hash of the key of a pair
   */
  void note(Table table, int number, long hash, long keyHash) {
    RowLayout layout = table.layout();
    boolean isLive = table.isLive();
    int keyLength = layout.hasKeyBytes() ? table.key().size() : 0;
    long reference = isLive && layout.hasValueBytes() ? table.valueReference() : 0;
    int valueLength = Segment.lengthOf(reference);
    reserve(table, FIXED_WORDS + layout.valueWords(), keyLength + valueLength);
    System.arraycopy(table.key().buffer(), 0, bytes, bytesUsed, keyLength);
    bytesUsed += keyLength;
    if (valueLength > 0) {
      System.arraycopy(table.bytes(), Segment.placeOf(reference), bytes, bytesUsed, valueLength);
      bytesUsed += valueLength;
    }
    words[wordsUsed] = hash;
    words[wordsUsed + 1] = keyHash;
    wordsUsed += 2;
    if (isLive) {
      System.arraycopy(table.words(), table.valueAt(), words, wordsUsed, layout.valueWords());
    }
    wordsUsed += layout.valueWords();
    words[wordsUsed] = (long) keyLength << 32 | valueLength;
    words[wordsUsed + 1] = (long) number << 1 | (isLive ? 1 : 0);
    wordsUsed += 2;
  }

  private void reserve(Table table, int moreWords, int moreBytes) {
    if (words.length - wordsUsed < moreWords) {
      int length = lengthFor((long) wordsUsed + moreWords, table);
      charge(table, length, words.length, Long.BYTES);
      words = Arrays.copyOf(words, length);
    }
    if (bytes.length - bytesUsed < moreBytes) {
      int length = lengthFor((long) bytesUsed + moreBytes, table);
      charge(table, length, bytes.length, 1);
      bytes = Arrays.copyOf(bytes, length);
    }
  }

  private static int lengthFor(long needed, Table table) {
    if (needed > MOST) {
      throw table.pool().exceeded(needed);
    }
    return Integer.highestOneBit((int) needed) * 2;
  }

  private void charge(Table table, int length, int before, int size) {
    long more = (long) (before > KEPT ? length - before : length) * size;
    if (!budget.take(more)) {
      throw table.pool().exceeded(more);
    }
  }

  // Undoing

  /** Makes every row what it was when the element began. */
  void undo() {
    isNoting = false;
    while (wordsUsed > 0) {
      undoLast();
    }
    commit();
  }

  private void undoLast() {
    long last = words[wordsUsed - 1];
    int keyLength = (int) (words[wordsUsed - 2] >>> 32);
    int valueLength = (int) words[wordsUsed - 2];
    Table table = tables.get((int) (last >>> 1));
    wordsUsed -= FIXED_WORDS + table.layout().valueWords();
    bytesUsed -= keyLength + valueLength;
    table.key().clear();
    table.key().writeFixed(bytes, bytesUsed, keyLength);
    value.clear();
    value.writeFixed(bytes, bytesUsed + keyLength, valueLength);
    table.find(words[wordsUsed], words[wordsUsed + 1]);
    table.pool().mayOverdraw(true);
    if ((last & 1) == 0) {
      table.delete();
    } else {
      putBack(table);
    }
    table.pool().mayOverdraw(false);
  }

  private void putBack(Table table) {
    if (table.layout().hasValueBytes()) {
      table.write(value);
    } else {
      table.write();
    }
    System.arraycopy(
        words, wordsUsed + 2, table.words(), table.valueAt(), table.layout().valueWords());
  }
}
