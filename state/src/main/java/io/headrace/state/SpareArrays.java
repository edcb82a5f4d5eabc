package io.headrace.state;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Arrays of replaced segments, to be used again: copying a table for a snapshot then makes no
 * garbage. They stay charged to the budget. One thread.
 */
final class SpareArrays {

  private static final int MOST = 64;

  private final String name;
  private final MemoryBudget budget;
  private final Deque<long[]> words = new ArrayDeque<>();
  private final Deque<byte[]> bytes = new ArrayDeque<>();

  /**
   * @param name the operator and state, for errors
   */
  SpareArrays(String name, MemoryBudget budget) {
    this.name = name;
    this.budget = budget;
  }

  /** An array of words, with anything in it. */
  long[] words(int length) {
    Optional<long[]> spare = Optional.ofNullable(words.poll());
    if (spare.isPresent() && spare.get().length == length) {
      return spare.get();
    }
    spare.ifPresent(other -> budget.giveBack((long) other.length * Long.BYTES));
    budget.take((long) length * Long.BYTES, name);
    return new long[length];
  }

  /** An array of bytes, with anything in it. */
  byte[] bytes(int length) {
    if (length == 0) {
      return Segment.NO_BYTES;
    }
    Optional<byte[]> spare = Optional.ofNullable(bytes.poll());
    if (spare.isPresent() && spare.get().length == length) {
      return spare.get();
    }
    spare.ifPresent(other -> budget.giveBack(other.length));
    budget.take(length, name);
    return new byte[length];
  }

  /** Takes the arrays of a segment that nobody sees any more. */
  void giveBack(Segment old) {
    if (words.size() < MOST) {
      words.add(old.words);
    } else {
      budget.giveBack((long) old.words.length * Long.BYTES);
    }
    if (old.bytes.length > 0 && bytes.size() < MOST) {
      bytes.add(old.bytes);
    } else {
      budget.giveBack(old.bytes.length);
    }
  }
}
