package io.headrace.engine.task;

/** What a call of a task came to. */
public enum Progress {
  /** Something was done, and there may be more. */
  MADE,
  /** There was nothing to do. */
  NONE,
  /** The task has ended and is not called again. */
  DONE
}
