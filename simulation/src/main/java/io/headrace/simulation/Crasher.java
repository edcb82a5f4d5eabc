package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.simulation.disk.DiskListener;
import io.headrace.simulation.disk.DiskOperation;
import io.headrace.simulation.disk.SimulatedDisk;
import java.util.EnumSet;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Watches a run and crashes it at its target. One attempt of a process. */
final class Crasher implements RunListener, DiskListener {

  private final SimulatedDisk disk;
  private final Optional<CrashPoint.Target> target;
  private final Names names;
  private final NavigableSet<CheckpointId> underWay = new TreeSet<>();
  private final Set<Sight> sights = EnumSet.noneOf(Sight.class);
  private final Story story;
  private final Optional<BooleanSupplier> instead;
  private @Nullable CheckpointId partlyCommitted;
  private boolean isRestoring;
  private boolean isLast;
  private int occurrences;

  /** Whether the operation under way is the target. */
  private boolean isDue;

  /** How many things are to happen from now until the target; 0 if it is not in sight. */
  private int toPass;

  private boolean hasCrashed;
  private boolean isAtTarget;
  private boolean hasHappened;
  private long trace;

  /**
   * @param names knows whether a checkpoint was ever complete on the disk, of all processes
   * @param instead what happens at the target instead of a crash, if anything does; says whether
   *     the process goes on after it
   */
  Crasher(
      SimulatedDisk disk,
      Optional<CrashPoint.Target> target,
      Names names,
      Story story,
      Optional<BooleanSupplier> instead) {
    this.disk = disk;
    this.target = target;
    this.names = names;
    this.story = story;
    this.instead = instead;
  }

  boolean hasCrashed() {
    return hasCrashed;
  }

  long trace() {
    return trace;
  }

  Set<Sight> sights() {
    return sights;
  }

  /** Whether it crashed where it was to. */
  boolean isAtTarget() {
    return hasCrashed && isAtTarget;
  }

  /**
   * The host has done a step.
   *
   * @param isTooLong whether to crash now, target or not
   */
  void stepped(boolean isTooLong) {
    if (isTooLong) {
      crash("after too long");
    }
    pass("after", "a step");
    announce(Optional.empty(), Optional.empty(), false);
  }

  @Override
  public void on(CheckpointStep step, String who, CheckpointId checkpoint) {
    story.tell("%s: checkpoint %s %s", who, checkpoint, step);
    trace = (trace * 31 + step.ordinal()) * 31 + who.hashCode() + checkpoint.value();
    checkAlive();
    if (step == CheckpointStep.COMPLETE) {
      names.completed();
    }
    look(step, checkpoint);
    isLast |= step == CheckpointStep.TRIGGERED_LAST;
    isRestoring |= step == CheckpointStep.RESTORING;
    pass("before", step);
    announce(Optional.of(step), Optional.empty(), checkpoint.equals(partlyCommitted));
    isRestoring &= step != CheckpointStep.RESTORED;
  }

  @Override
  public void before(DiskOperation operation) {
    story.tell("disk: %s", operation);
    checkAlive();
    if (toPass == 1 && instead.isPresent()) {
      toPass = 0;
      isDue = true; // Nobody else uses the disk in the middle of an operation.
    }
    pass("before", operation);
    announce(Optional.empty(), Optional.of(operation), false);
    if (isDue && instead.isEmpty() && operation.kind() == DiskOperation.Kind.WRITE) {
      disk.tearNext();
    }
  }

  @Override
  public void after(DiskOperation operation) {
    if (isDue) {
      reach("at " + operation);
    }
  }

  private void look(CheckpointStep step, CheckpointId checkpoint) {
    if (step == CheckpointStep.SINK_COMMITTED && !isRestoring) {
      partlyCommitted = checkpoint;
    }
    if (step == CheckpointStep.TRIGGERED && !underWay.isEmpty()) {
      sights.add(Sight.SEVERAL_UNDER_WAY);
    }
    if (step == CheckpointStep.COMPLETE && !underWay.headSet(checkpoint, false).isEmpty()) {
      sights.add(Sight.SUBSUMED);
    }
    if (step == CheckpointStep.TRIGGERED) {
      underWay.add(checkpoint);
    } else if (step == CheckpointStep.COMPLETE || step == CheckpointStep.GIVEN_UP) {
      underWay.remove(checkpoint);
    }
  }

  private void announce(
      Optional<CheckpointStep> step, Optional<DiskOperation> operation, boolean isPartlyCommitted) {
    if (target.isEmpty()) {
      return;
    }
    CrashPoint.Moment moment =
        new CrashPoint.Moment(
            step, operation, names.hasEverCompleted(), isRestoring, isLast, isPartlyCommitted);
    if (!target.get().point().isAt(moment)) {
      return;
    }
    if (++occurrences != target.get().occurrence()) {
      return;
    }
    boolean isOperation = operation.isPresent();
    switch (target.get().phase()) {
      case BEFORE -> {
        if (isOperation && instead.isPresent()) {
          isDue = true;
        } else {
          reach("before " + (isOperation ? operation : step));
        }
      }
      case AT -> {
        isDue = isOperation;
        toPass = isOperation ? 0 : 1;
      }
      case AFTER -> toPass = isOperation ? 1 : 2;
    }
  }

  /** Something else is about to happen. */
  private void pass(String when, Object what) {
    if (toPass > 0 && --toPass == 0) {
      reach(when + " " + what);
    }
  }

  /** Nothing happens any more in a process that has crashed. */
  private void checkAlive() {
    if (hasCrashed) {
      throw new SimulatedCrash("already");
    }
  }

  /** At its target it crashes, unless something else happens, once: then it goes on. */
  private void reach(String where) {
    isAtTarget = true;
    if (instead.isEmpty()) {
      crash(where);
    }
    isDue = false;
    if (!hasHappened) {
      hasHappened = true;
      if (!instead.get().getAsBoolean()) {
        crash(where);
      }
    }
  }

  private void crash(String where) {
    hasCrashed = true;
    story.tell("crash: %s", where);
    throw new SimulatedCrash(where);
  }
}
