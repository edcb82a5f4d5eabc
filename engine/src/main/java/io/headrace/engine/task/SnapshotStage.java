package io.headrace.engine.task;

import io.headrace.api.CheckpointId;

/** A stage that has something to keep in checkpoints. */
interface SnapshotStage {

  /** Sets aside what belongs to a checkpoint, without waiting. On the thread of the task. */
  PendingPart snapshot(TaskId task, CheckpointId checkpoint);

  /** Tells that a checkpoint is complete. On the thread of the task. */
  void completed(CheckpointId checkpoint);
}
