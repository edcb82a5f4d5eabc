package io.headrace.codec;

/**
 * A contiguous part of the hash space, whose hashes are unsigned.
 *
 * @param first the smallest hash in it
 * @param last the largest hash in it
 */
public record HashRange(long first, long last) {

  /** The whole space. */
  public static final HashRange ALL = new HashRange(0, -1);

  /** Checks the order. */
  public HashRange {
    if (Long.compareUnsigned(first, last) > 0) {
      throw new IllegalArgumentException(
          "A hash range ends before it begins: "
              + Long.toHexString(first)
              + " to "
              + Long.toHexString(last)
              + ".");
    }
  }

  /** The task, counted from 0, that owns a hash. */
  public static int taskOf(long hash, int parallelism) {
    return (int) (((hash >>> 32) * parallelism) >>> 32);
  }

  /** What a task owns. */
  public static HashRange ofTask(int task, int parallelism) {
    if (task < 0 || task >= parallelism) {
      throw new IllegalArgumentException("task " + task + " of " + parallelism);
    }
    long next = firstOf(task + 1, parallelism);
    return new HashRange(firstOf(task, parallelism), next - 1);
  }

  /** The first hash of a task: the smallest h with (h >>> 32) * parallelism >>> 32 == task. */
  private static long firstOf(int task, int parallelism) {
    return ((((long) task << 32) + parallelism - 1) / parallelism) << 32;
  }

  /** Whether a hash is in it. */
  public boolean contains(long hash) {
    return Long.compareUnsigned(hash, first) >= 0 && Long.compareUnsigned(hash, last) <= 0;
  }

  /** Whether it has a hash in common with another. */
  public boolean overlaps(HashRange other) {
    return Long.compareUnsigned(first, other.last) <= 0
        && Long.compareUnsigned(other.first, last) <= 0;
  }
}
