package io.headrace.engine.coordinator;

import io.headrace.api.ConnectorContext;
import io.headrace.api.Services;
import io.headrace.api.Settings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.AttemptContext;
import io.headrace.engine.task.AttemptTasks;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Closing;
import io.headrace.engine.task.Restored;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.TaskBuilder;
import io.headrace.engine.task.TaskReports;
import io.headrace.state.MemoryBudget;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * Prepares attempts, on threads that may block: decides what they start from, recovers sinks,
 * builds tasks.
 *
 * @param reports where the tasks of an attempt report, by its number
 * @param restoring is told, on the thread that may block, of the state that begins to be read
 */
record Preparation(
    Graph graph,
    Settings settings,
    JobStorage storage,
    BlockingWork work,
    RunListener listener,
    LongFunction<TaskReports> reports,
    Consumer<Restored> restoring) {

  /** What it does before it says otherwise. */
  private static final Call.Step FIRST =
      Call.Step.ofCheckpoint("The search for a checkpoint to start from");

  /** The call that it is to be done in. */
  Call call() {
    return work.call(FIRST, storage::progress);
  }

  /**
   * An attempt whose state is not read yet. When this throws, nothing is left open.
   *
   * @param self the call that this is done in
   */
  Attempt prepare(Call self) throws Exception {
    StartPoint start = storage.recover(work.random());
    start.from().ifPresent(any -> restoring.accept(start.restored()));
    Services.Open services = graph.plan().services().open();
    try {
      return prepare(self, start, services);
    } catch (Exception | Error failure) {
      Closing.after(failure, services);
      throw failure;
    }
  }

  private Attempt prepare(Call self, StartPoint start, Services.Open services) throws Exception {
    ConnectorContext connector =
        new ConnectorContext(
            graph.plan().job(), start.lineage(), "", 0, start.attempt(), work.clock(), services);
    Sinks sinks = Sinks.open(graph.plan(), connector, listener, self);
    MemoryBudget memory = new MemoryBudget(settings.resources().stateBytes());
    Consumer<Optional<Throwable>> recorded = FlightEvents.restore(graph.plan().job(), start);
    try {
      start.from().ifPresent(id -> listener.on(CheckpointStep.RESTORING, "coordinator", id));
      sinks.recover(start.from(), start.prepared(), self);
      self.at(Call.Step.of("The opening of readers and writers"));
      AttemptTasks tasks =
          TaskBuilder.build(graph, context(start, memory, services), start.restored());
      StateReading reading =
          new StateReading(work, tasks.reads(), settings.resources().workers(), start.restored());
      return new Attempt(
          graph.plan().job(),
          start,
          tasks,
          sinks,
          services,
          storage,
          work,
          listener,
          memory,
          recorded,
          reading);
    } catch (Exception | Error failure) {
      Closing.after(failure, sinks);
      recorded.accept(Optional.of(failure));
      throw failure;
    }
  }

  private AttemptContext context(StartPoint start, MemoryBudget memory, Services.Open services) {
    return new AttemptContext(
        graph.plan().job(),
        start.lineage(),
        start.attempt(),
        work,
        reports.apply(start.attempt()),
        listener,
        storage::files,
        settings.checkpoints().mode(),
        memory,
        services);
  }
}
