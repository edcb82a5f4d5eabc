package io.headrace.state;

/** Counts what is allocated, and fails once. Called by what {@link FailingClasses} has loaded. */
public final class Allocations {

  private static long left = Long.MAX_VALUE;
  private static boolean hasFailed;

  private Allocations() {}

  /** Has an allocation fail: 1 for the next one. */
  static void failAt(long number) {
    left = number;
    hasFailed = false;
  }

  /** Has none fail. */
  static void failNoMore() {
    left = Long.MAX_VALUE;
  }

  /** Whether the one that was to fail has come. */
  static boolean hasFailed() {
    return hasFailed;
  }

  /** Stands beside each allocation. */
  public static void next() {
    if (--left == 0) {
      hasFailed = true;
      throw new OutOfMemoryError("an allocation that was to fail");
    }
  }
}
