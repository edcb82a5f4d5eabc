package io.headrace.engine.coordinator;

import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.RunListener;
import java.util.List;

/** One attempt to run a job, ready to start. */
record Attempt(
    StartPoint start,
    AttemptTasks tasks,
    Sinks sinks,
    JobStorage storage,
    BlockingWork work,
    RunListener listener) {

  /** What it holds open, in the order of closing. */
  List<AutoCloseable> held() {
    return List.of(tasks, sinks);
  }
}
