package io.headrace.simulation;

import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.graph.Graph;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Runs a random job on a simulated disk, crashes it some times, lets it finish, and checks that
 * nobody can tell. Everything follows from the seed.
 */
public final class World {

  /** Where a source is starved and checkpoints take turns with its reading, many are needed. */
  private static final int MOST_STEPS = 400_000;

  private static final int MOST_CRASHES = 4;

  private final long seed;
  private final Story story;
  private final SplittableRandom random;
  private final SimulatedDisk disk;
  private final boolean[] hasEverCompleted = {false};
  private final List<CrashPoint.Target> hits = new ArrayList<>();
  private final Checks checks;
  private final Names names = new Names();
  private Workload workload;
  private long nanos;
  private long trace;

  /** The world of a seed, before anything happens in it. */
  public World(long seed) {
    this(seed, Story.UNTOLD);
  }

  /** The same, with somebody who listens to what happens. */
  public World(long seed, Story story) {
    this.seed = seed;
    this.story = story;
    this.random = new SplittableRandom(seed);
    this.disk = new SimulatedDisk(random.nextLong());
    this.workload =
        Workload.random(
            random.split(),
            name -> TallySink.of(JsonLines.write(outputs().resolve(name), Line.class)));
    this.checks = new Checks(disk, directory(), outputs());
  }

  /**
   * What happened.
   *
   * @param hits the crashes
   * @param trace a hash over everything that happened
   */
  public record History(List<CrashPoint.Target> hits, long trace) {
    /** Copies the list. */
    public History {
      hits = List.copyOf(hits);
    }
  }

  private Path directory() {
    return disk.root().resolve("state");
  }

  private Path outputs() {
    return disk.root().resolve("out");
  }

  /**
   * Lives through it.
   *
   * @throws AssertionError if somebody can tell that there were crashes
   */
  public History run() {
    try {
      int crashes = 1 + random.nextInt(MOST_CRASHES);
      for (int i = 0; i < crashes; i++) {
        CrashPoint.Target target = target();
        if (live(Optional.of(target))) {
          break;
        }
      }
      if (!live(Optional.empty())) {
        throw new AssertionError("a run without a crash has not finished");
      }
      checks.atTheEnd(wholePlan());
      return new History(hits, trace * 31 + disk.traceHash());
    } catch (Exception | AssertionError failure) {
      throw new AssertionError("seed " + seed + ": " + failure, failure);
    }
  }

  private CrashPoint.Target target() {
    CrashPoint[] points = CrashPoint.values();
    CrashPoint.Phase[] phases = CrashPoint.Phase.values();
    CrashPoint point =
        hasEverCompleted[0] && random.nextInt(10) == 0
            ? CrashPoint.RESTORING
            : points[random.nextInt(points.length)];
    int occurrence =
        switch (point) {
          case ANYWHERE, BEFORE_THE_FIRST -> 1 + random.nextInt(300);
          case AT_THE_END -> 1 + random.nextInt(120);
          case WRITING_STATE, DELETING, RESTORING -> 1 + random.nextInt(10);
          default -> 1 + random.nextInt(3);
        };
    return new CrashPoint.Target(point, phases[random.nextInt(phases.length)], occurrence);
  }

  private Plan plan() {
    return plan(workload);
  }

  /** The plan as somebody sees it who knows all splits that there will be. */
  private Plan wholePlan() {
    return plan(workload.withAllSplits());
  }

  private static Plan plan(Workload workload) {
    Plan plan = Plan.of(workload);
    if (!plan.problems().isEmpty()) {
      throw new AssertionError(plan.problems());
    }
    return plan;
  }

  private Settings settings(boolean isLast) {
    Settings defaults = Settings.in(directory());
    return defaults
        .parallelism(1)
        .withCheckpoints(
            new Settings.Checkpoints(
                Duration.ofMillis(1 + random.nextInt(6)),
                Duration.ofMillis(!isLast && random.nextInt(4) == 0 ? 20 : 60_000),
                Duration.ZERO,
                1 + random.nextInt(3)))
        .withRestarts(Settings.Restarts.none());
  }

  /** Runs a process until it crashes or finishes. Returns whether it finished. */
  private boolean live(Optional<CrashPoint.Target> target) throws Exception {
    if (random.nextInt(3) == 0) {
      workload = workload.rescaled(random.split());
    }
    Crasher crasher = new Crasher(disk, target, hasEverCompleted, story);
    SimulatedHost host = new SimulatedHost(random.split(), nanos);
    List<Outcome> outcomes = new ArrayList<>();
    disk.listener(watched(crasher));
    try {
      Plan plan = plan();
      Settings settings = settings(target.isEmpty());
      story.tell("start: %s, to crash %s", settings.checkpoints(), target);
      DirectoryStorage storage =
          DirectoryStorage.open(directory(), plan, settings, "the simulator");
      Coordinator coordinator =
          new Coordinator(
              Graph.of(plan, 1),
              settings,
              storage,
              new Coordinator.Surroundings(host, crasher),
              outcomes::add);
      coordinator.start();
      for (int step = 0; outcomes.isEmpty() && !crasher.hasCrashed(); step++) {
        check(step < MOST_STEPS || target.isPresent(), coordinator);
        host.step();
        crasher.stepped(step >= MOST_STEPS);
      }
    } catch (SimulatedCrash crash) {
      // What is lost is lost.
    }
    nanos = host.nanoTime();
    outcomes.forEach(outcome -> story.tell("end: %s", outcome));
    trace = trace * 31 + crasher.trace();
    disk.listener(checks);
    if (crasher.hasCrashed()) {
      if (crasher.isAtTarget()) {
        hits.add(target.orElseThrow());
      }
      disk.crash();
      checks.afterACrash(wholePlan());
      return false;
    }
    return finished(outcomes.get(0));
  }

  /** What the crasher lets happen is looked at. */
  private DiskListener watched(Crasher crasher) {
    return new DiskListener() {
      @Override
      public void before(DiskOperation operation) {
        crasher.before(operation);
      }

      @Override
      public void after(DiskOperation operation) {
        names.look(operation);
        crasher.after(operation);
      }
    };
  }

  /** A life without faults comes to its end; one whose checkpoints always time out may not. */
  private static void check(boolean isAlive, Coordinator coordinator) {
    if (!isAlive) {
      throw new AssertionError("STUCK: " + coordinator.status());
    }
  }

  private static boolean finished(Outcome outcome) {
    if (outcome.kind() != Outcome.Kind.FINISHED) {
      throw new AssertionError("the run ended as " + outcome, outcome.cause().orElse(null));
    }
    return true;
  }
}
