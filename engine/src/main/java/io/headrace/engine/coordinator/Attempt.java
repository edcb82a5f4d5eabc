package io.headrace.engine.coordinator;

import io.headrace.api.Services;
import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.state.MemoryBudget;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt to run a job, ready to start once its state is read.
 *
 * @param job the job's name
 * @param services what operators use
 * @param memory what keyed state takes
 * @param recorded is told once that all state is read, or what went wrong with that
 */
record Attempt(
    String job,
    StartPoint start,
    AttemptTasks tasks,
    Sinks sinks,
    Services.Open services,
    JobStorage storage,
    BlockingWork work,
    RunListener listener,
    MemoryBudget memory,
    Consumer<Optional<Throwable>> recorded,
    StateReading reading) {

  /**
   * Has the state of its tasks read. On the coordinator's thread, as what follows.
   *
   * @param then is called when all is read
   * @param otherwise is told what went wrong, if something does
   */
  void readState(Runnable then, Consumer<Throwable> otherwise) {
    reading.begin(
        () -> {
          start.from().ifPresent(id -> listener.on(CheckpointStep.RESTORED, "coordinator", id));
          recorded.accept(Optional.empty());
          then.run();
        },
        failure -> {
          recorded.accept(Optional.of(failure));
          otherwise.accept(failure);
        });
  }

  /** What it holds open, in the order of closing. */
  List<AutoCloseable> held() {
    return List.of(tasks, sinks, services);
  }
}
