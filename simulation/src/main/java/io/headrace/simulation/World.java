package io.headrace.simulation;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.graph.Graph;
import io.headrace.files.FileSink;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Runs a random job on a simulated disk, crashes it some times, lets it finish, and checks that
 * nobody can tell. Everything follows from the seed.
 */
public final class World {

  /** Where a source is starved and checkpoints take turns with its reading, many are needed. */
  private static final int MOST_STEPS = 400_000;

  private static final int MOST_CRASHES = 4;

  /** So few worlds are at least once, since less can be seen in them. */
  private static final int ONE_IN_INEXACT = 8;

  private final long seed;
  private final Story story;
  private final SplittableRandom random;
  private final SimulatedDisk disk;
  private final boolean[] hasEverCompleted = {false};
  private final List<CrashPoint.Target> hits = new ArrayList<>();
  private final Set<Sight> sights = EnumSet.noneOf(Sight.class);
  private final Checks checks;
  private final Names names = new Names();
  private final CheckpointingMode mode;
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
        Workload.random(random.split(), name -> TallySink.of(sink(outputs().resolve(name))));
    this.mode =
        random.nextInt(ONE_IN_INEXACT) == 0
            ? CheckpointingMode.AT_LEAST_ONCE
            : CheckpointingMode.EXACTLY_ONCE;
    this.checks = new Checks(disk, directory(), outputs(), mode);
  }

  /** A sink that lays out its lines in one of some ways; the lines of a key stay in order. */
  private FileSink<Line> sink(Path folder) {
    FileSink<Line> sink = JsonLines.write(folder, Line.class);
    return switch ((int) (seed & 7)) {
      case 5 -> sink.rollAt(100);
      case 6 -> sink.partitionedBy(line -> "all/key=" + line.key(), 2);
      case 7 -> sink.partitionedBy(line -> "key=" + line.key()).rollAt(1);
      default -> sink;
    };
  }

  /**
   * What happened.
   *
   * @param hits the crashes
   * @param sights the situations that came up
   * @param trace a hash over everything that happened
   */
  public record History(List<CrashPoint.Target> hits, Set<Sight> sights, long trace) {
    /** Copies list and set. */
    public History {
      hits = List.copyOf(hits);
      sights = Set.copyOf(sights);
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
      if (checks.isTwice()) {
        sights.add(Sight.TWICE);
      }
      return new History(hits, sights, trace * 31 + disk.traceHash());
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
            CheckpointSettings.defaults()
                .mode(mode)
                .interval(Duration.ofMillis(1 + random.nextInt(6)))
                .timeout(Duration.ofMillis(!isLast && random.nextInt(4) == 0 ? 20 : 60_000))
                .maxConcurrent(1 + random.nextInt(3))
                .retained(1 + random.nextInt(3)))
        .withRestarts(RestartStrategy.none());
  }

  /** Runs a process until it crashes or finishes. Returns whether it finished. */
  private boolean live(Optional<CrashPoint.Target> target) throws Exception {
    if (random.nextInt(3) == 0) {
      workload = workload.rescaled(random.split());
    }
    Crasher crasher = new Crasher(disk, target, hasEverCompleted, story);
    Caretaker caretaker = new Caretaker(random.split(), target.isPresent());
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
        caretaker.act(step, coordinator);
        host.step();
        crasher.stepped(step >= MOST_STEPS);
      }
    } catch (SimulatedCrash crash) {
      // What is lost is lost.
    }
    nanos = host.nanoTime();
    outcomes.forEach(outcome -> story.tell("end: %s", outcome));
    trace = trace * 31 + crasher.trace();
    sights.addAll(crasher.sights());
    disk.listener(checks);
    if (crasher.hasCrashed()) {
      if (crasher.isAtTarget()) {
        hits.add(target.orElseThrow());
      }
      disk.crash();
      checks.afterACrash(wholePlan());
      return false;
    }
    host.finish();
    sights.addAll(caretaker.sights());
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

  private boolean finished(Outcome outcome) throws Exception {
    switch (outcome.kind()) {
      case FAILED ->
          throw new AssertionError("the run ended as " + outcome, outcome.cause().orElse(null));
      case STOPPED -> {
        sights.add(Sight.STOPPED);
        checks.afterAStop(wholePlan());
      }
      case CANCELLED -> {
        sights.add(Sight.CANCELLED);
        checks.afterACrash(wholePlan());
      }
      case FINISHED -> {
        // There is nothing more to do: see the checks at the end.
      }
    }
    return outcome.kind() == Outcome.Kind.FINISHED;
  }
}
