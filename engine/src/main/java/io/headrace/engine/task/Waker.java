package io.headrace.engine.task;

/** Gets a task called again soon, after something was put where it will find it. Any thread. */
@FunctionalInterface
public interface Waker {

  /** Makes sure that the task is called at least once from now on. */
  void wake();
}
