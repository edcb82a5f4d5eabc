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

/** Watches a run and crashes it at its target. One attempt of a process. */
final class Crasher implements RunListener, DiskListener {

  private final SimulatedDisk disk;
  private final Optional<CrashPoint.Target> target;
  private final boolean[] hasEverCompleted;
  private final NavigableSet<CheckpointId> underWay = new TreeSet<>();
  private final Set<Sight> sights = EnumSet.noneOf(Sight.class);
  private final Story story;
  private boolean isRestoring;
  private boolean isLast;
  private int occurrences;
  private boolean isDue;
  private boolean isNextDue;
  private boolean hasCrashed;
  private boolean hasCrashedBefore;
  private long trace;

  /**
   * @param hasEverCompleted whether a checkpoint was ever complete on the disk, in one element that
   *     all attempts share
   */
  Crasher(
      SimulatedDisk disk,
      Optional<CrashPoint.Target> target,
      boolean[] hasEverCompleted,
      Story story) {
    this.disk = disk;
    this.target = target;
    this.hasEverCompleted = hasEverCompleted;
    this.story = story;
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
      crash("after a step");
    }
    announce(Optional.empty(), Optional.empty());
    if (isDue) {
      crash("between steps");
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
      crash("before " + step);
    }
    announce(Optional.of(step), Optional.empty());
    isRestoring &= step != CheckpointStep.RESTORED;
    if (isDue) {
      crash("at " + step);
    }
  }

  @Override
  public void before(DiskOperation operation) {
    story.tell("disk: %s", operation);
    checkAlive();
    if (isNextDue) {
      crash("before " + operation);
    }
    announce(Optional.empty(), Optional.of(operation));
    if (isDue && operation.kind() == DiskOperation.Kind.WRITE) {
      disk.tearNext();
    }
  }

  @Override
  public void after(DiskOperation operation) {
    if (isDue) {
      crash("at " + operation);
    }
  }

  private void look(CheckpointStep step, CheckpointId checkpoint) {
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
    CrashPoint.Moment moment =
        new CrashPoint.Moment(step, operation, hasEverCompleted[0], isRestoring, isLast);
    if (target.isEmpty() || !target.get().point().isAt(moment)) {
      return;
    }
    if (++occurrences == target.get().occurrence()) {
      switch (target.get().phase()) {
        case BEFORE -> {
          hasCrashedBefore = true;
          crash("before " + step + operation);
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

  private void crash(String where) {
    hasCrashed = true;
    story.tell("crash: %s", where);
    throw new SimulatedCrash(where);
  }
}
