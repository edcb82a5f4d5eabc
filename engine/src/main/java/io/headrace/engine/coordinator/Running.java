package io.headrace.engine.coordinator;

import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.TaskId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The tasks of an attempt from their start until all have stopped, with what looks after them. On
 * the coordinator's thread.
 */
final class Running {

  private final List<AttemptTask> tasks;
  private final Checkpoints checkpoints;
  private final Watchdog watchdog;
  private final Set<TaskId> left = new TreeSet<>();
  private boolean areToldToStop;

  Running(
      Attempt attempt, Settings settings, CheckpointRequests requests, Checkpoints.Events events) {
    this.tasks = attempt.tasks().tasks();
    this.checkpoints = new Checkpoints(attempt, settings.checkpoints(), requests, events);
    this.watchdog = new Watchdog(settings.watchdog(), attempt.work().clock(), tasks);
  }

  Checkpoints checkpoints() {
    return checkpoints;
  }

  Watchdog watchdog() {
    return watchdog;
  }

  void start() {
    for (AttemptTask task : tasks) {
      task.start();
      left.add(task.id());
    }
  }

  /**
   * Has all tasks stop, and no checkpoint begin any more. Asked again, it does what it has not done
   * yet.
   *
   * @param why what those are told who have asked for a checkpoint
   * @return whether anything was left to do
   */
  boolean stop(Supplier<HeadraceException> why) {
    if (areToldToStop) {
      return false;
    }
    checkpoints.over(why.get());
    tasks.forEach(AttemptTask::stop);
    areToldToStop = true;
    return true;
  }

  /** One of the tasks has stopped. */
  void stopped(TaskId task) {
    left.remove(task);
  }

  /** Those that were started and have not stopped. */
  Set<TaskId> left() {
    return left;
  }
}
