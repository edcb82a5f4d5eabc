package io.headrace.api;

/** What checkpoints say of the values around their barriers. */
public enum CheckpointingMode {
  /**
   * A task holds back an input that has delivered a barrier until the barrier has come from all:
   * after a restart each value is in state exactly once.
   */
  EXACTLY_ONCE,
  /**
   * No input is ever held back: state may hold values behind the barrier, which are read again
   * after a restart. Then they are in state, and in results, more than once; none is ever lost. A
   * task with one input is exact all the same.
   */
  AT_LEAST_ONCE
}
