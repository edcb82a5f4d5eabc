package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.plan.Guarantees;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.threads.ThreadHost;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Runs of which every step of every checkpoint is heard. */
final class ListenedRun {

  private ListenedRun() {}

  /** Hears of each step, on the thread that takes it. */
  @FunctionalInterface
  interface Listener {
    void on(Run run, CheckpointStep step, String who, CheckpointId checkpoint);
  }

  /**
   * Starts a job.
   *
   * @param listener is called with the run and each step
   */
  static Run start(Job job, Settings settings, Listener listener) {
    return start(job, settings, listener, state -> {});
  }

  /**
   * Starts a job.
   *
   * @param states is told each state on the coordinator's thread
   */
  static Run start(Job job, Settings settings, Listener listener, Consumer<RunState> states) {
    Plan plan = Plan.of(job);
    ThreadHost host = new ThreadHost(plan.job(), settings.resources().workers());
    DirectoryStorage storage =
        DirectoryStorage.open(
            settings.durability().directory().orElseThrow(), plan, settings, "a test");
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    CompletableFuture<Run> known = new CompletableFuture<>();
    RunListener passing =
        (step, who, checkpoint) -> listener.on(known.join(), step, who, checkpoint);
    Coordinator coordinator =
        new Coordinator(
            Graph.of(plan, settings.resources().parallelism()),
            settings,
            storage,
            new Surroundings(host, passing, states),
            ended::complete);
    Run run =
        new Run(
            plan.job(),
            Guarantees.of(plan, Guarantees.Terms.of(settings)),
            coordinator,
            host,
            ended);
    known.complete(run);
    coordinator.start();
    return run;
  }
}
