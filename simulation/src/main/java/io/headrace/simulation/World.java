package io.headrace.simulation;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.CheckpointingMode;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.files.FileSink;
import io.headrace.files.JsonLines;
import io.headrace.simulation.disk.SimulatedDisk;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Runs a random job on a simulated disk, crashes it some times, lets it finish, and checks that
 * nobody can tell. Everything follows from the seed.
 */
public final class World {

  /** Where a source is starved and checkpoints take turns with its reading, many are needed. */
  private static final int MOST_STEPS = 400_000;

  private static final int MOST_CRASHES = 10;

  /** So few worlds are at least once, since less can be seen in them. */
  private static final int ONE_IN_INEXACT = 8;

  private final long seed;
  private final Story story;
  private final SplittableRandom random;
  private final SimulatedDisk disk;
  private final List<CrashPoint.Target> hits = new ArrayList<>();
  private final Set<Sight> sights = EnumSet.noneOf(Sight.class);
  private final Checks checks;
  private final Names names;
  private final Life.Around around;
  private final CheckpointingMode mode;
  private Workload workload;
  private Loss last = Loss.EVERYTHING;
  private long nanos;
  private long trace;

  /** What goes with a process that ends in the middle of its work. */
  private enum Loss {
    /** Its memory and its locks. */
    PROCESS,
    /** Also what was not synced. */
    EVERYTHING
  }

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
    this.names = new Names(List.of(directory(disk), outputs(disk)));
    this.around = new Life.Around(disk, names, story);
    this.workload =
        Workload.random(random.split(), name -> TallySink.of(sink(outputs(disk).resolve(name))));
    this.mode =
        random.nextInt(ONE_IN_INEXACT) == 0
            ? CheckpointingMode.AT_LEAST_ONCE
            : CheckpointingMode.EXACTLY_ONCE;
    this.checks = new Checks(disk, mode);
    disk.listener(checks);
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

  /** The directory of the job. */
  static Path directory(SimulatedDisk disk) {
    return disk.root().resolve("jobs/state");
  }

  /** The folder of all sinks. */
  static Path outputs(SimulatedDisk disk) {
    return disk.root().resolve("jobs/out");
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
        if (live(fate())) {
          break;
        }
      }
      if (!live(Fate.NONE)) {
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

  private Fate fate() {
    CrashPoint.Target target = target();
    int chance = random.nextInt(20);
    if (chance == 0) {
      return Fate.takenOver(target);
    }
    return chance == 1
        ? Fate.troubled(random.nextBoolean(), random.nextBoolean())
        : Fate.crashed(target, random.nextInt(8) == 0);
  }

  private CrashPoint.Target target() {
    CrashPoint[] points = CrashPoint.values();
    CrashPoint.Phase[] phases = CrashPoint.Phase.values();
    CrashPoint point =
        names.hasEverCompleted() && random.nextInt(10) == 0
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
    Settings defaults = Settings.in(directory(disk));
    return defaults
        .parallelism(1)
        .workers(2)
        .withCheckpoints(
            CheckpointSettings.defaults()
                .mode(mode)
                .interval(Duration.ofMillis(1 + random.nextInt(6)))
                .timeout(Duration.ofMillis(!isLast && random.nextInt(4) == 0 ? 20 : 60_000))
                .maxConcurrent(1 + random.nextInt(3))
                .retained(1 + random.nextInt(3)))
        .withRestarts(RestartStrategy.none());
  }

  /**
   * Runs a process until it crashes or the run ends, and after it the one that took its directory
   * over, if one did. Returns whether the job finished.
   */
  private boolean live(Fate fate) throws Exception {
    List<Life> lives = new ArrayList<>();
    begin(fate, lives);
    for (int step = 0; !owner(lives).isOver(); step++) {
      boolean isTooLong = step >= MOST_STEPS;
      check(!isTooLong || !owner(lives).fate().isSpared(), owner(lives));
      step(lives, isTooLong);
    }
    Life owner = owner(lives);
    if (!owner.hasCrashed()) {
      end(lives);
    }
    for (Life life : lives) {
      nanos = Math.max(nanos, life.nanos());
      trace = trace * 31 + life.trace();
      sights.addAll(life.sights());
      life.hit().ifPresent(hits::add);
    }
    boolean hasLeftovers = lives.size() > 1 || owner.ioErrors() > 0;
    if (owner.hasCrashed() || lives.size() > 1) {
      crash();
    }
    return !owner.hasCrashed() && finished(owner.outcome(), hasLeftovers);
  }

  /** The process that has the directory: the last one that it was not taken from. */
  private static Life owner(List<Life> lives) {
    Life owner = lives.get(0);
    for (Life life : lives) {
      owner = life.isLost() ? owner : life;
    }
    return owner;
  }

  /** Starts a process, after all others. */
  private void begin(Fate fate, List<Life> lives) {
    if (random.nextInt(3) == 0) {
      workload = workload.rescaled(random.split());
    }
    Life life = new Life(around, fate, random.split(), nanos, () -> takeOver(lives));
    lives.add(life);
    life.start(directory(disk), plan(), settings(fate.isSpared()));
  }

  /**
   * In the middle of what a process does, another one starts on its directory, lives for some time,
   * and then both go on, unless the other one has crashed with everything.
   */
  private boolean takeOver(List<Life> lives) {
    sights.add(Sight.TAKEN_OVER);
    disk.forgetLocks();
    begin(random.nextBoolean() ? Fate.NONE : Fate.crashed(target(), false), lives);
    Life second = lives.get(lives.size() - 1);
    for (int left = random.nextInt(1 << random.nextInt(12)); left > 0 && !second.isOver(); left--) {
      second.step(false);
    }
    return !second.hasCrashed();
  }

  private void step(List<Life> lives, boolean isTooLong) {
    Life life = lives.get(lives.size() == 1 ? 0 : random.nextInt(lives.size()));
    if (!life.isOver()) {
      life.step(isTooLong);
    }
    names.check();
  }

  /** The run has ended: what blocks comes to its end, and one that was taken over stops. */
  private void end(List<Life> lives) {
    for (Life life : lives) {
      for (int step = 0; !life.isOver(); step++) {
        check(step < MOST_STEPS, life);
        life.step(false);
      }
      if (!life.hasCrashed()) {
        life.finish();
        story.tell("end: %s", life.outcome());
      }
    }
    names.check();
    if (lives.stream().noneMatch(Life::hasCrashed) && !disk.open().isEmpty()) {
      throw new AssertionError("I16: nobody has closed " + disk.open());
    }
  }

  private void crash() throws Exception {
    Loss loss = random.nextBoolean() ? Loss.PROCESS : Loss.EVERYTHING;
    story.tell("lost: %s", loss);
    if (last == Loss.PROCESS && loss == Loss.EVERYTHING) {
      sights.add(Sight.KILLED_THEN_POWERLESS);
    }
    last = loss;
    disk.losesNothing(loss == Loss.PROCESS);
    disk.crash();
    checks.afterACrash(wholePlan());
  }

  /** A process that is not ended comes to its end by itself. */
  private static void check(boolean isAlive, Life life) {
    if (!isAlive) {
      throw new AssertionError("STUCK: " + life);
    }
  }

  private boolean finished(Outcome outcome, boolean hasLeftovers) throws Exception {
    switch (outcome.kind()) {
      case FAILED ->
          throw new AssertionError("the run ended as " + outcome, outcome.cause().orElse(null));
      case STOPPED -> {
        sights.add(Sight.STOPPED);
        checks.afterAStop(wholePlan(), hasLeftovers);
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
