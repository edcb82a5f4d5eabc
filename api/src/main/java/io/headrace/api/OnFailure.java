package io.headrace.api;

/** What becomes of a value that an operator fails on. */
public enum OnFailure {
  /** The job fails: it restarts, and stops when the same value fails again and again. */
  FAIL,
  /** The value is left out, and counted. */
  SKIP,
  /** The value goes to the operator's dead letters. */
  DEAD_LETTER
}
