package io.headrace.engine;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.EphemeralStorage;
import io.headrace.engine.coordinator.JobStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.ManualHost;
import io.headrace.engine.task.RunListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A run that goes on, and whose time passes, when a test says so. One thread. */
final class ManualRun {

  private static final int MOST_STEPS = 10_000;

  private final ManualHost host;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final Coordinator coordinator;

  private ManualRun(ManualHost host, Plan plan, Settings settings, JobStorage storage) {
    this.host = host;
    this.coordinator =
        new Coordinator(
            Graph.of(plan, settings.resources().parallelism()),
            settings,
            storage,
            new Surroundings(host, RunListener.NONE),
            outcomes::add);
  }

  private static JobStorage storage(Plan plan, Settings settings) {
    return settings
        .durability()
        .directory()
        .<JobStorage>map(directory -> DirectoryStorage.open(directory, plan, settings, "a test"))
        .orElseGet(EphemeralStorage::new);
  }

  /** A run that has started; nothing was done in it yet. */
  static ManualRun start(Job job, Settings settings) {
    return start(new ManualHost(), job, settings);
  }

  /** The same on a host that the job knows. */
  static ManualRun start(ManualHost host, Job job, Settings settings) {
    return start(host, job, settings, storage -> storage);
  }

  /** The same with something around its storage. */
  static ManualRun start(
      ManualHost host, Job job, Settings settings, UnaryOperator<JobStorage> around) {
    Plan plan = Plan.of(job);
    ManualRun run = new ManualRun(host, plan, settings, around.apply(storage(plan, settings)));
    run.coordinator.start();
    return run;
  }

  /** Its clock and its threads. */
  ManualHost host() {
    return host;
  }

  /** What is asked of it. */
  Coordinator coordinator() {
    return coordinator;
  }

  RunStatus status() {
    return coordinator.status();
  }

  RunState state() {
    return status().state();
  }

  /** How it ended: once it has, once. */
  List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Lets time pass, and then each task do one step. */
  void step(Duration time) {
    host.pass(time);
    host.step();
  }

  /** Goes on until something holds, without time passing. */
  void until(BooleanSupplier condition) {
    for (int step = 0; !condition.getAsBoolean(); step++) {
      if (step == MOST_STEPS) {
        throw new AssertionError("it does not come to that: " + status());
      }
      step(Duration.ZERO);
    }
  }

  /** Goes on until it has ended. */
  Outcome end() {
    until(() -> !outcomes.isEmpty());
    return outcomes.get(0);
  }
}
