package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.threads.ThreadHost;
import io.headrace.files.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A job in a process of its own that is going to be killed: by its parent, or by itself at a step
 * of its checkpoints. It says each step on standard output.
 *
 * <p>Arguments: the folder to work in; then, to be killed, the step and at which time that it
 * comes.
 */
public final class KilledJob {

  private static final int EVENTS_PER_SPLIT = 30_000;
  private static final double PER_SECOND = 25_000;
  private static final Pattern OF_A_SINK = Pattern.compile("(^|-> )(counts|fifths|groups)( |$)");

  private KilledJob() {}

  /** Runs the job to its end, if it gets there. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    Optional<CheckpointStep> deadly =
        arguments.length > 1 ? Optional.of(CheckpointStep.valueOf(arguments[1])) : Optional.empty();
    AtomicInteger left = new AtomicInteger(deadly.isPresent() ? Integer.parseInt(arguments[2]) : 0);
    RunListener listener =
        (step, who, checkpoint) -> {
          say(step, checkpoint, who);
          if (deadly.filter(step::equals).isPresent()
              && (who.equals("coordinator") || isOfASink(who))
              && left.decrementAndGet() == 0) {
            killMyself();
          }
        };
    Outcome outcome = run(workload(folder), settings(folder), listener);
    System.out.println(outcome.kind());
    outcome.cause().ifPresent(Throwable::printStackTrace);
  }

  /** The job: its process is killed, but its plan can be had without running it. */
  static Workload workload(Path folder) {
    return new Workload(
        1,
        2,
        EVENTS_PER_SPLIT,
        50,
        200,
        true,
        true,
        Workload.Extras.NONE,
        List.of(2, 2, 2, 2, 2, 2),
        PER_SECOND,
        name -> JsonLines.write(folder.resolve("out").resolve(name), Line.class),
        Listing.ALL,
        Optional.empty());
  }

  private static Settings settings(Path folder) {
    return Settings.in(folder.resolve("state"))
        .parallelism(2)
        .workers(2)
        .checkpointInterval(Duration.ofMillis(200));
  }

  private static Outcome run(Workload workload, Settings settings, RunListener listener)
      throws Exception {
    Plan plan = Plan.of(workload);
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    try (ThreadHost host = new ThreadHost(plan.job(), settings.resources().workers())) {
      DirectoryStorage storage =
          DirectoryStorage.open(
              settings.durability().directory().orElseThrow(), plan, settings, "a killed job");
      new Coordinator(
              Graph.of(plan, settings.resources().parallelism()),
              settings,
              storage,
              new Surroundings(host, listener),
              ended::complete)
          .start();
      return ended.get();
    }
  }

  /** Whether a task, or a sink, has transactions. */
  static boolean isOfASink(String who) {
    return OF_A_SINK.matcher(who).find();
  }

  private static synchronized void say(CheckpointStep step, CheckpointId checkpoint, String who) {
    System.out.println(step + " " + checkpoint + " " + who);
    System.out.flush();
  }

  /** Sends itself SIGKILL, and does nothing more on this thread until it comes. */
  private static void killMyself() {
    try {
      new ProcessBuilder("kill", "-9", Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException noKill) {
      throw new IllegalStateException("there is no kill to be killed with", noKill);
    }
    while (true) {
      LockSupport.parkNanos(Long.MAX_VALUE);
    }
  }
}
