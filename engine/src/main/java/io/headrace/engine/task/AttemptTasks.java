package io.headrace.engine.task;

import java.util.List;

/**
 * The tasks of an attempt, ready to start once their state is read, and what they hold open.
 *
 * @param tasks all of them
 * @param sources those that put barriers into the stream
 * @param reads what is left to be read for them; nothing where an attempt starts empty
 * @param resources readers and writers
 */
public record AttemptTasks(
    List<AttemptTask> tasks,
    List<SourceTask.Started> sources,
    List<StateRead> reads,
    AutoCloseable resources)
    implements AutoCloseable {

  /** Copies the lists. */
  public AttemptTasks {
    tasks = List.copyOf(tasks);
    sources = List.copyOf(sources);
    reads = List.copyOf(reads);
  }

  /** What the sources have read, and what has changed otherwise; perhaps some more by now. */
  public long news() {
    long sum = 0;
    for (AttemptTask task : tasks) {
      sum += task.isSource() ? task.meter().news() : task.meter().changes();
    }
    return sum;
  }

  /** Closes what the tasks held open, once all have stopped; on a thread that may block. */
  @Override
  public void close() throws Exception {
    resources.close();
  }
}
