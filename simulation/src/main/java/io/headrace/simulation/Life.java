package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One process that runs the job, until the run ends or the process does. */
final class Life implements RunListener, DiskListener {

  /** Longer than any timeout. */
  private static final Duration STALL = Duration.ofSeconds(61);

  private final Around around;
  private final Fate fate;
  private final Crasher crasher;
  private final SimulatedHost host;
  private final Caretaker caretaker;
  private final IoErrors errors;
  private final List<Outcome> outcomes = new ArrayList<>();
  private @Nullable Coordinator coordinator;
  private boolean hasStalled;
  private boolean isFinished;
  private boolean isLost;
  private int steps;

  /**
   * What a process finds.
   *
   * @param names sees what happens on the disk, of all processes
   */
  record Around(SimulatedDisk disk, Names names, Story story) {}

  /**
   * A process that has not started.
   *
   * @param nanos the time on its clock
   * @param takeOver has another process take its directory; says whether this one goes on
   */
  Life(Around around, Fate fate, SplittableRandom random, long nanos, BooleanSupplier takeOver) {
    this.around = around;
    this.fate = fate;
    this.crasher =
        new Crasher(
            around.disk(),
            fate.target(),
            around.names(),
            around.story(),
            fate.kind() == Fate.Kind.TAKEN_OVER ? Optional.of(takeOver) : Optional.empty());
    this.caretaker = new Caretaker(random.split(), !fate.isSpared());
    this.host = new SimulatedHost(random.split(), nanos);
    this.errors =
        new IoErrors(around.disk(), random.split(), () -> fate.hasIoErrors() && isRunning());
  }

  private boolean isRunning() {
    return coordinator != null && coordinator.status().phase() == RunPhase.RUNNING;
  }

  /** Starts. */
  void start(Path directory, Plan plan, Settings settings) {
    around.story().tell("start: %s, to be %s", settings.checkpoints(), fate);
    act(
        () -> {
          DirectoryStorage storage;
          try {
            storage = DirectoryStorage.open(directory, plan, settings, "the simulator");
          } catch (HeadraceException refused) {
            refused(refused);
            return;
          }
          coordinator =
              new Coordinator(
                  Graph.of(plan, 1), settings, storage, new Surroundings(host, this), this::ended);
          coordinator.start();
        });
  }

  /** The directory may be taken before this process has it. */
  private void refused(HeadraceException refused) {
    if (fate.kind() != Fate.Kind.TAKEN_OVER || refused.code() != ErrorCode.DIRECTORY_OWNED) {
      throw refused;
    }
    around.story().tell("refused: %s", refused.code());
    ended(new Outcome(Outcome.Kind.FAILED, Optional.of(refused)));
  }

  /**
   * Does a step.
   *
   * @param isTooLong whether to crash, whatever the fate is
   */
  void step(boolean isTooLong) {
    act(
        () -> {
          if (coordinator != null) {
            caretaker.act(steps++, coordinator);
          }
          host.step();
          crasher.stepped(isTooLong);
        });
  }

  /** Does the work that blocks and is left when the run has ended. */
  void finish() {
    act(
        () -> {
          host.finish();
          isFinished = true;
        });
  }

  /** Does something while this process is the one that uses the disk. */
  private void act(Runnable action) {
    DiskListener before = around.disk().listener(this);
    try {
      action.run();
    } catch (SimulatedCrash crash) {
      // What is lost is lost.
    } finally {
      around.disk().listener(before);
    }
  }

  boolean isOver() {
    return !outcomes.isEmpty() || hasCrashed();
  }

  boolean hasCrashed() {
    return crasher.hasCrashed();
  }

  private void ended(Outcome how) {
    outcomes.add(how);
    isLost =
        how.cause()
            .filter(HeadraceException.class::isInstance)
            .map(cause -> ((HeadraceException) cause).code())
            .filter(ErrorCode.DIRECTORY_OWNED::equals)
            .isPresent();
  }

  /** Whether the run has ended because the directory was taken from it. */
  boolean isLost() {
    return isLost;
  }

  /** The crash, if there was one and it was where it was to be. */
  Optional<CrashPoint.Target> hit() {
    return crasher.isAtTarget() ? fate.target() : Optional.empty();
  }

  /** How the run ended, once it has. */
  Outcome outcome() {
    return outcomes.get(0);
  }

  Fate fate() {
    return fate;
  }

  /** The time on its clock. */
  long nanos() {
    return host.nanoTime();
  }

  long trace() {
    return crasher.trace();
  }

  int ioErrors() {
    return errors.count();
  }

  /** What came up. */
  Set<Sight> sights() {
    Set<Sight> sights = EnumSet.copyOf(crasher.sights());
    if (!isFinished) {
      return sights;
    }
    sights.addAll(caretaker.sights());
    if (errors.count() > 0) {
      sights.add(Sight.STORAGE_FAILED);
    }
    if (hasStalled) {
      sights.add(Sight.LAST_TIMED_OUT);
    }
    return sights;
  }

  @Override
  public String toString() {
    return "step " + steps + ": " + (coordinator == null ? "not started" : coordinator.status());
  }

  // What it is told

  @Override
  public void on(CheckpointStep step, String who, CheckpointId checkpoint) {
    crasher.on(step, who, checkpoint);
    if (step == CheckpointStep.TRIGGERED_LAST && fate.isStalled() && !hasStalled) {
      hasStalled = true;
      host.stall(STALL);
    }
  }

  @Override
  public void before(DiskOperation operation) throws IOException {
    errors.before(operation);
    crasher.before(operation);
  }

  @Override
  public void after(DiskOperation operation) throws IOException {
    around.names().look(operation);
    crasher.after(operation);
    errors.after(operation);
  }
}
