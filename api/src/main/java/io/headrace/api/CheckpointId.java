package io.headrace.api;

/**
 * The number of a checkpoint within one job: the first is 1, and no number is ever used twice, in
 * whatever attempt.
 */
public record CheckpointId(long value) implements Comparable<CheckpointId> {

  /** Checks the number. */
  public CheckpointId {
    if (value < 1) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB, "Checkpoint ids start at 1, but this one is " + value + ".");
    }
  }

  /** The id after this one. */
  public CheckpointId next() {
    return new CheckpointId(value + 1);
  }

  @Override
  public int compareTo(CheckpointId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
