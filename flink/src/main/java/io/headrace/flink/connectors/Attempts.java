package io.headrace.flink.connectors;

/** Numbers of attempts, as connectors know them. */
final class Attempts {

  private Attempts() {}

  /**
   * The number of an attempt that starts from a checkpoint, or from 0 for empty. Flink has no
   * number that only one attempt has and all its tasks know: those that start from the same
   * checkpoint have the same, and nothing of any of them was committed when the next one starts.
   */
  static long after(long checkpoint) {
    return checkpoint + 1;
  }
}
