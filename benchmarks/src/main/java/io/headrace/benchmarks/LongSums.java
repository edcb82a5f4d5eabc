package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * A table from {@code long} keys to {@code long} sums: open addressing, linear probing, key and sum
 * side by side in one array. Key 0 marks an empty slot and is not allowed. The capacity is fixed,
 * as in a loop written for a known number of keys. Used by one thread.
 */
final class LongSums {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final long[] words;
  private final int shift;
  private int size;

  /** A table for so many keys, filled at most two thirds. */
  LongSums(int keys) {
    int slots = Integer.highestOneBit(Math.max(2, keys + keys / 2) - 1) * 2;
    words = new long[2 * slots];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(slots);
  }

  /** Adds a value to a key's sum and tells the new sum. */
  long add(long key, long value) {
    int at = slot(key);
    while (words[at] != key) {
      if (words[at] == 0) {
        return insert(at, key, value);
      }
      at = (at + 2) & (words.length - 1);
    }
    words[at + 1] += value;
    return words[at + 1];
  }

  /** Makes another table of the same capacity equal to this one. */
  void copyTo(LongSums copy) {
    System.arraycopy(words, 0, copy.words, 0, words.length);
    copy.size = size;
  }

  /** How many words {@link #writeTo} writes. */
  int words() {
    return words.length;
  }

  /** Appends everything to a file, a key or 0 and its sum, one after the other. */
  void writeTo(FileChannel file, ByteBuffer buffer) throws IOException {
    int most = buffer.capacity() / Long.BYTES;
    for (int from = 0; from < words.length; from += most) {
      int count = Math.min(words.length - from, most);
      buffer.asLongBuffer().put(words, from, count);
      buffer.position(count * Long.BYTES);
      LoopState.drain(buffer, file);
    }
  }

  /** A number that differs when any key or sum differs, whatever the order of insertion. */
  long fingerprint() {
    long sum = 0;
    for (int at = 0; at < words.length; at += 2) {
      if (words[at] != 0) {
        sum += Workload.mix(words[at] ^ Workload.mix(words[at + 1]));
      }
    }
    return sum;
  }

  private long insert(int at, long key, long value) {
    if (++size > words.length / 2 * 9 / 10) {
      throw new IllegalStateException("the table is full: it holds " + size + " keys");
    }
    words[at] = key;
    words[at + 1] = value;
    return value;
  }

  private int slot(long key) {
    // The top bit of the product says which task owns the key, the bits below it which slot.
    return (int) (((key * GOLDEN) << 1) >>> shift) * 2;
  }

  /** Which of two tasks owns a key. */
  static int owner(long key) {
    return (int) ((key * GOLDEN) >>> 63);
  }
}
