package io.headrace.engine;

import io.headrace.api.Clock;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.plan.Guarantees;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import io.headrace.codec.PlanTypes;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.EphemeralStorage;
import io.headrace.engine.coordinator.JobStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.threads.ThreadHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs jobs inside this JVM. */
public final class Headrace {

  private static final Logger LOG = LoggerFactory.getLogger(Headrace.class);

  private Headrace() {}

  /**
   * Runs a job until all its input is read and all results are committed.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every problem of plan and settings, with
   *     {@code DIRECTORY_OWNED} if the directory is in use, or with whatever ended the job
   */
  public static void run(Job job, Settings settings) {
    try (Run run = start(job, settings)) {
      run.await();
    }
  }

  /**
   * Starts a job and returns at once. On a directory that it ran in before, the job goes on from
   * its latest complete checkpoint.
   *
   * @throws HeadraceException with {@code INVALID_JOB} and every problem of plan and settings, or
   *     with {@code DIRECTORY_OWNED} if the directory is in use
   */
  public static Run start(Job job, Settings settings) {
    return start(job, settings, Optional.empty());
  }

  /**
   * Starts a job and returns at once, as above.
   *
   * @param listener is told each state of the run, from the first to the last, in order and on one
   *     thread of its own. It may block: then it hears of later states late, and {@link
   *     Run#await()} waits for it. What it throws is logged and changes nothing
   */
  public static Run start(Job job, Settings settings, Consumer<RunState> listener) {
    return start(job, settings, Optional.of(listener));
  }

  private static Run start(Job job, Settings settings, Optional<Consumer<RunState>> listener) {
    Plan plan = checked(Plan.of(job), settings);
    Graph graph = Graph.of(plan, settings.resources().parallelism());
    JobStorage storage = storage(plan, settings);
    try {
      return run(new Ready(graph, settings, storage), listener);
    } catch (RuntimeException | Error failure) {
      try {
        storage.close();
      } catch (IOException alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  /** A job that is checked and whose directory is taken. */
  private record Ready(Graph graph, Settings settings, JobStorage storage) {}

  /** Runs a job. When this throws, no thread and no hook is left. */
  private static Run run(Ready ready, Optional<Consumer<RunState>> listener) {
    String job = ready.graph().plan().job();
    Settings settings = ready.settings();
    ThreadHost host = new ThreadHost(job, settings.resources().workers());
    Optional<StateFeed> feed =
        listener.map(listening -> new StateFeed(host.ownPlace("states"), listening));
    Consumer<RunState> states = state -> feed.ifPresent(each -> each.tell(state));
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    Guarantees guarantees = Guarantees.of(ready.graph().plan(), Guarantees.Terms.of(settings));
    try {
      Coordinator coordinator =
          new Coordinator(
              ready.graph(),
              settings,
              ready.storage(),
              new Surroundings(host, RunListener.NONE, states),
              outcome -> {
                feed.ifPresent(StateFeed::end);
                ended.complete(outcome);
              });
      Run run = new Run(job, guarantees, coordinator, host, ended);
      LOG.info("Job \"{}\" starts with the settings\n{}", job, settings.explained());
      LOG.info("Job \"{}\" guarantees from source to sink\n{}", job, guarantees);
      settings.drainOnShutdown().ifPresent(run::drainOnShutdown);
      feed.ifPresent(StateFeed::start);
      coordinator.start();
      return run;
    } catch (RuntimeException | Error failure) {
      states.accept(new RunState.Failed(failure));
      feed.ifPresent(StateFeed::end);
      ended.complete(new Outcome(Outcome.Kind.FAILED, Optional.of(failure)));
      host.close();
      throw failure;
    }
  }

  private static JobStorage storage(Plan plan, Settings settings) {
    return settings
        .durability()
        .directory()
        .<JobStorage>map(directory -> DirectoryStorage.open(directory, plan, settings, owner(plan)))
        .orElseGet(EphemeralStorage::new);
  }

  private static String owner(Plan plan) {
    return "job \"%s\" in process %d, since %s"
        .formatted(plan.job(), ProcessHandle.current().pid(), Clock.system().instant());
  }

  private static Plan checked(Plan plan, Settings settings) {
    List<Problem> problems = new ArrayList<>(plan.problems());
    problems.addAll(PlanTypes.problems(plan));
    boolean hasState = plan.nodes().stream().anyMatch(Node.KeyedProcess.class::isInstance);
    Settings.Durability durability = settings.durability();
    if (hasState && durability.directory().isEmpty() && !durability.isEphemeral()) {
      problems.add(
          new Problem(
              "job \"" + plan.job() + "\"",
              "It has state, and no directory to keep it in.",
              "Give it one with Settings.in(directory), or say Settings.ephemeral() if its state"
                  + " may end with the process."));
    }
    settings
        .requiredGuarantee()
        .map(Guarantees.of(plan, Guarantees.Terms.of(settings))::below)
        .ifPresent(problems::addAll);
    if (!problems.isEmpty()) {
      throw Problem.refusal(plan.job(), problems);
    }
    return plan;
  }
}
