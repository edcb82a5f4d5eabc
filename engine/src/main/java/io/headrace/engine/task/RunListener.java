package io.headrace.engine.task;

import io.headrace.api.CheckpointId;

/** Is told the steps of checkpoints as they are taken, on the thread that takes them. */
@FunctionalInterface
public interface RunListener {

  /** A listener that ignores everything. */
  RunListener NONE = (step, who, checkpoint) -> {};

  /** A step was taken. Must not block. */
  void on(CheckpointStep step, String who, CheckpointId checkpoint);
}
