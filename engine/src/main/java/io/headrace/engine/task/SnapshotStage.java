package io.headrace.engine.task;

import io.headrace.api.CheckpointId;

/** A stage that has something to keep in checkpoints. On the thread of the task. */
interface SnapshotStage {

  /** Sets aside what belongs to a checkpoint, without waiting. */
  PendingPart snapshot(TaskId task, CheckpointId checkpoint);

  /** Tells that a checkpoint is complete, and those before it need not be. */
  default void completed(CheckpointId checkpoint) {}

  /** Tells that a checkpoint was given up, or that a later one was complete before it. */
  default void aborted(CheckpointId checkpoint) {}

  /** Whether it ends transactions at barriers, which no later checkpoint can do without. */
  default boolean endsTransactions() {
    return false;
  }
}
