package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.TaskId;
import io.headrace.engine.task.TaskReports;
import io.headrace.engine.task.TaskSnapshot;
import java.util.function.BooleanSupplier;

/**
 * Brings what the tasks of one attempt report to the coordinator's thread. Any thread.
 *
 * @param isCurrent whether the attempt is still there; asked on the coordinator's thread. What
 *     comes from one that is over is ignored
 * @param receiver is told on the coordinator's thread
 */
record TaskMail(Mailbox mailbox, BooleanSupplier isCurrent, TaskReports receiver)
    implements TaskReports {

  private void post(Runnable letter) {
    mailbox.post(
        () -> {
          if (isCurrent.getAsBoolean()) {
            letter.run();
          }
        });
  }

  @Override
  public void endOfInput(TaskId task) {
    post(() -> receiver.endOfInput(task));
  }

  @Override
  public void snapshot(TaskId task, CheckpointId checkpoint, TaskSnapshot snapshot) {
    post(() -> receiver.snapshot(task, checkpoint, snapshot));
  }

  @Override
  public void failed(TaskId task, Throwable cause) {
    post(() -> receiver.failed(task, cause));
  }

  @Override
  public void stopped(TaskId task) {
    post(() -> receiver.stopped(task));
  }
}
