package io.headrace.engine.coordinator;

import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.RunListener;
import io.headrace.state.MemoryBudget;
import java.util.List;

/**
 * One attempt to run a job, ready to start.
 *
 * @param job the job's name
 * @param memory what keyed state takes
 */
record Attempt(
    String job,
    StartPoint start,
    AttemptTasks tasks,
    Sinks sinks,
    JobStorage storage,
    BlockingWork work,
    RunListener listener,
    MemoryBudget memory) {

  /** What it holds open, in the order of closing. */
  List<AutoCloseable> held() {
    return List.of(tasks, sinks);
  }
}
