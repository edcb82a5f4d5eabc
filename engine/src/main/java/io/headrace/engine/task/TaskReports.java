package io.headrace.engine.task;

import io.headrace.api.CheckpointId;

/** What tasks tell the coordinator of their attempt. Any thread. */
public interface TaskReports {

  /** The task has passed on the end of all its input; it goes on to take part in checkpoints. */
  void endOfInput(TaskId task);

  /** The task is through with its part in a checkpoint. Nothing is written any more. */
  void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot);

  /** The attempt cannot go on, because of something in the task. */
  void failed(TaskId task, Throwable cause);

  /** The task has stopped, whatever made it, and reports nothing any more. */
  void stopped(TaskId task);
}
