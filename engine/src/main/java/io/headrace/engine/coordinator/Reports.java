package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskReports;
import io.headrace.engine.task.TaskSnapshot;
import java.util.function.Consumer;

/**
 * Passes on what the tasks of an attempt report. On the coordinator's thread.
 *
 * @param whileRunning does something with the checkpoints, if the attempt runs
 * @param failed is told what ends the attempt
 * @param stopped is told which tasks have stopped
 */
record Reports(
    Consumer<Consumer<Checkpoints>> whileRunning,
    Consumer<Throwable> failed,
    Consumer<TaskId> stopped)
    implements TaskReports {

  @Override
  public void endOfInput(TaskId task) {
    whileRunning.accept(current -> current.endOfInput(task));
  }

  @Override
  public void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot) {
    whileRunning.accept(current -> current.snapshot(task, checkpoint, snapshot));
  }

  @Override
  public void failed(TaskId task, Throwable cause) {
    failed.accept(Failures.named("Task \"" + task + "\"", cause));
  }

  @Override
  public void stopped(TaskId task) {
    stopped.accept(task);
  }
}
