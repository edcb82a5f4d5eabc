package io.headrace.benchmarks;

import java.util.Arrays;

/** A binary heap of pairs of {@code long}, least first. Used by one thread. */
final class LongHeap {

  private static final int FIRST_CAPACITY = 1 << 10;

  /** Pairs side by side: what they are ordered by, and what goes with it. */
  private long[] words = new long[2 * FIRST_CAPACITY];

  private int size;

  /** How many pairs there are. */
  int size() {
    return size;
  }

  /** The least of what pairs are ordered by; there must be one. */
  long least() {
    return words[0];
  }

  /** Adds a pair. */
  void add(long order, long value) {
    if (2 * size == words.length) {
      words = Arrays.copyOf(words, 2 * words.length);
    }
    int at = size++;
    while (at > 0 && words[(at - 1) / 2 * 2] > order) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    put(at, order, value);
  }

  /** Removes the pair that is least, and tells what goes with it; there must be one. */
  long removeLeast() {
    long least = words[1];
    size--;
    long order = words[2 * size];
    long value = words[2 * size + 1];
    int at = 0;
    for (int below = 1; below < size; below = 2 * at + 1) {
      if (below + 1 < size && words[2 * below + 2] < words[2 * below]) {
        below++;
      }
      if (words[2 * below] >= order) {
        break;
      }
      move(below, at);
      at = below;
    }
    put(at, order, value);
    return least;
  }

  private void move(int from, int to) {
    put(to, words[2 * from], words[2 * from + 1]);
  }

  private void put(int at, long order, long value) {
    words[2 * at] = order;
    words[2 * at + 1] = value;
  }

  /** A copy of all pairs. */
  long[] words() {
    return Arrays.copyOf(words, 2 * size);
  }
}
