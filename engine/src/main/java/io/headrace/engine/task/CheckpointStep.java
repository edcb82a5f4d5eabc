package io.headrace.engine.task;

/** The steps in the life of a checkpoint, in their order. */
public enum CheckpointStep {
  /** The coordinator asks the sources for a barrier. */
  TRIGGERED,
  /** The checkpoint is the one that the run ends with. */
  TRIGGERED_LAST,
  /** A barrier has come to a task, and others are still missing. */
  ALIGNING,
  /** A task begins to set its state aside. */
  SETTING_ASIDE,
  /** A task has set its state aside and passed the barrier on. */
  SET_ASIDE,
  /** A task's state is being written. */
  WRITING,
  /** A task's part is durable. */
  WRITTEN,
  /** The parts of all tasks are durable. */
  ALL_WRITTEN,
  /** The manifest is durable: the checkpoint is complete. */
  COMPLETE,
  /** It is durable that transactions may be committed from now on. */
  COMMITTING,
  /** The transactions of a sink are being committed. */
  SINK_COMMITTING,
  /** The transactions of a sink are committed. */
  SINK_COMMITTED,
  /** Everything is committed, and older checkpoints are deleted. */
  DONE,
  /** The checkpoint was given up. */
  GIVEN_UP,
  /** An attempt starts from the checkpoint: sinks are recovered and state is read. */
  RESTORING,
  /** An attempt has started from the checkpoint. */
  RESTORED
}
