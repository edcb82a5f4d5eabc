package io.headrace.engine.task;

/** Where one task will run: known before the task is made, so that its edges can wake it. */
public interface Place extends Waker {

  /** Starts calling a task here. Once. */
  void start(Task task);

  /**
   * A task that runs here is about to call code of the user, whose log lines are to name it. On the
   * thread that calls the task.
   */
  default void entering(TaskId task) {}
}
