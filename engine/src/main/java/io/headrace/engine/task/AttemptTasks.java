package io.headrace.engine.task;

import java.util.List;

/**
 * The tasks of an attempt, ready to start, and what they hold open.
 *
 * @param tasks all of them
 * @param sources those that put barriers into the stream
 * @param resources readers and writers
 */
public record AttemptTasks(
    List<AttemptTask> tasks, List<SourceTask.Started> sources, AutoCloseable resources)
    implements AutoCloseable {

  /** Copies the lists. */
  public AttemptTasks {
    tasks = List.copyOf(tasks);
    sources = List.copyOf(sources);
  }

  /** Starts all tasks. */
  public void start() {
    tasks.forEach(AttemptTask::start);
  }

  /** Closes what the tasks held open, once all have stopped; on a thread that may block. */
  @Override
  public void close() throws Exception {
    resources.close();
  }
}
