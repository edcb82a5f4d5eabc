package io.headrace.benchmarks;

/**
 * What became of a contestant's checkpoints.
 *
 * @param triggered how many were begun
 * @param completed how many of them were completed
 * @param restore what a restore from the last one gave
 */
record Result(long triggered, long completed, Restore restore) {

  Result {
    if (completed < 0 || triggered < completed) {
      throw new IllegalArgumentException(
          "%s checkpoints cannot be complete of %s begun".formatted(completed, triggered));
    }
  }

  /** What the state was after a restore from the last checkpoint and a replay to the end. */
  enum Restore {
    /** The same as without the restore. */
    RIGHT,
    /** Not the same. */
    WRONG,
    /** The contestant does not try, or no checkpoint was completed. */
    NOT_TRIED
  }
}
