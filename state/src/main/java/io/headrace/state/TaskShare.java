package io.headrace.state;

import io.headrace.codec.HashRange;

/**
 * What one task is given to keep its state with.
 *
 * @param range the key hashes that belong to the task
 * @param budget what memory is taken from
 * @param salt random bits, so that nobody can choose keys that fall on the same slots; the same
 *     salt gives the same run
 * @param times what its timers go by
 */
public record TaskShare(HashRange range, MemoryBudget budget, long salt, Times times) {

  /** The share of a task without time. */
  public TaskShare(HashRange range, MemoryBudget budget, long salt) {
    this(range, budget, salt, Times.none());
  }
}
