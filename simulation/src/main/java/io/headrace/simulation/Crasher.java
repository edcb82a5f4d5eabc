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
  private final boolean[] hasEverCompleted;
  private final NavigableSet<CheckpointId> underWay = new TreeSet<>();
  private final Set<Sight> sights = EnumSet.noneOf(Sight.class);
  private final Story story;
  private final Optional<BooleanSupplier> instead;
  private @Nullable CheckpointId partlyCommitted;
  private boolean isRestoring;
  private boolean isLast;
  private int occurrences;
  private boolean isDue;
  private boolean isNextDue;
  private boolean hasCrashed;
  private boolean hasCrashedBefore;
  private boolean hasHappened;
  private long trace;

  /**
   * @param hasEverCompleted whether a checkpoint was ever complete on the disk, in one element that
   *     all attempts share
   * @param instead what happens at the target instead of a crash, if anything does; says whether
   *     the process goes on after it
   */
  Crasher(
      SimulatedDisk disk,
      Optional<CrashPoint.Target> target,
      boolean[] hasEverCompleted,
      Story story,
      Optional<BooleanSupplier> instead) {
    this.disk = disk;
    this.target = target;
    this.hasEverCompleted = hasEverCompleted;
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
    return hasCrashed && (isDue || isNextDue || hasCrashedBefore);
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
    if (isNextDue) {
      reach("after a step");
    }
    announce(Optional.empty(), Optional.empty());
    if (isDue) {
      reach("between steps");
    }
  }

  @Override
  public void on(CheckpointStep step, String who, CheckpointId checkpoint) {
    story.tell("%s: checkpoint %s %s", who, checkpoint, step);
    trace = (trace * 31 + step.ordinal()) * 31 + who.hashCode() + checkpoint.value();
    checkAlive();
    if (step == CheckpointStep.COMPLETE) {
      hasEverCompleted[0] = true;
    }
    look(step, checkpoint);
    isLast |= step == CheckpointStep.TRIGGERED_LAST;
    isRestoring |= step == CheckpointStep.RESTORING;
    if (isNextDue) {
      reach("before " + step);
    }
    announce(Optional.of(step), Optional.empty(), checkpoint.equals(partlyCommitted));
    isRestoring &= step != CheckpointStep.RESTORED;
    if (isDue) {
      reach("at " + step);
    }
  }

  @Override
  public void before(DiskOperation operation) {
    story.tell("disk: %s", operation);
    checkAlive();
    if (isNextDue && instead.isEmpty()) {
      crash("before " + operation);
    }
    announce(Optional.empty(), Optional.of(operation));
    if (isDue && instead.isEmpty() && operation.kind() == DiskOperation.Kind.WRITE) {
      disk.tearNext();
    }
  }

  @Override
  public void after(DiskOperation operation) {
    if (isDue || isNextDue && instead.isPresent()) {
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

  private void announce(Optional<CheckpointStep> step, Optional<DiskOperation> operation) {
    announce(step, operation, false);
  }

  private void announce(
      Optional<CheckpointStep> step, Optional<DiskOperation> operation, boolean isPartlyCommitted) {
    if (target.isEmpty()) {
      return;
    }
    CrashPoint.Moment moment =
        new CrashPoint.Moment(
            step, operation, hasEverCompleted[0], isRestoring, isLast, isPartlyCommitted);
    if (!target.get().point().isAt(moment)) {
      return;
    }
    if (++occurrences == target.get().occurrence()) {
      switch (target.get().phase()) {
        case BEFORE -> {
          if (instead.isEmpty()) {
            hasCrashedBefore = true;
            crash("before " + step + operation);
          }
          isDue = true;
        }
        case AT -> isDue = true;
        case AFTER -> isNextDue = true;
      }
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
    if (instead.isEmpty()) {
      crash(where);
    }
    isDue = false;
    isNextDue = false;
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
