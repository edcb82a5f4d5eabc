package io.headrace.simulation;

import io.headrace.engine.task.CheckpointStep;
import io.headrace.simulation.disk.DiskOperation;
import java.util.Optional;

/** Where crashes are placed: the steps of a run that are dangerous each in a way of its own. */
public enum CrashPoint {
  /** Between any two steps. */
  ANYWHERE(1),
  /** A checkpoint was triggered, and no barrier was sent. */
  TRIGGERED(2),
  /** A barrier has come on some inputs of a task and not on others. */
  PARTLY_ALIGNED(3),
  /** A task sets its state aside. */
  SETTING_ASIDE(4),
  /** A state file is written. */
  WRITING_STATE(5),
  /** All parts are durable, and the manifest is not written. */
  ALL_WRITTEN(6),
  /** The manifest is written under a temporary name. */
  WRITING_MANIFEST(7),
  /** The manifest gets its name, which is not durable. */
  NAMING_MANIFEST(8),
  /** The checkpoint is complete, and nothing of it is committed. */
  COMPLETE(9),
  /** Some sinks have committed, and others have not. */
  PARTLY_COMMITTED(10),
  /** The outside commits, and nobody gets to know. */
  COMMITTING(11),
  /** An old checkpoint is deleted. */
  DELETING(12),
  /** An attempt starts from a checkpoint. */
  RESTORING(13),
  /** No checkpoint was ever complete. */
  BEFORE_THE_FIRST(14),
  /** The last checkpoint of bounded input is under way. */
  AT_THE_END(16);

  private final int number;

  CrashPoint(int number) {
    this.number = number;
  }

  /** The number in the list of crash points. */
  public int number() {
    return number;
  }

  /**
   * What is about to happen in a run.
   *
   * @param isPartlyCommitted whether a sink has committed its part of the checkpoint at hand
   */
  record Moment(
      Optional<CheckpointStep> step,
      Optional<DiskOperation> operation,
      boolean hasEverCompleted,
      boolean isRestoring,
      boolean isLast,
      boolean isPartlyCommitted) {

    private boolean is(CheckpointStep wanted) {
      return step.filter(wanted::equals).isPresent();
    }

    private boolean is(DiskOperation.Kind kind, String part) {
      return operation
          .filter(each -> each.kind() == kind && each.path().toString().contains(part))
          .isPresent();
    }

    private boolean isCommit() {
      return is(DiskOperation.Kind.RENAME, "/out/")
          && operation.filter(each -> each.path().toString().endsWith(".jsonl")).isPresent();
    }

    private boolean isWritten(String part) {
      return is(DiskOperation.Kind.CREATE, part)
          || is(DiskOperation.Kind.WRITE, part)
          || is(DiskOperation.Kind.FORCE, part);
    }
  }

  /** Whether a moment is at this point. */
  boolean isAt(Moment moment) {
    return switch (this) {
      case ANYWHERE -> moment.hasEverCompleted();
      case TRIGGERED -> moment.is(CheckpointStep.TRIGGERED);
      case PARTLY_ALIGNED -> moment.is(CheckpointStep.ALIGNING);
      case SETTING_ASIDE -> moment.is(CheckpointStep.SETTING_ASIDE);
      case WRITING_STATE -> moment.isWritten(".state.avro");
      case ALL_WRITTEN -> moment.is(CheckpointStep.ALL_WRITTEN);
      case WRITING_MANIFEST -> moment.isWritten("manifest.avro.tmp");
      case NAMING_MANIFEST -> moment.is(DiskOperation.Kind.RENAME, "manifest.avro");
      case COMPLETE -> moment.is(CheckpointStep.COMPLETE) || moment.is(CheckpointStep.COMMITTING);
      case PARTLY_COMMITTED ->
          moment.is(CheckpointStep.SINK_COMMITTING) && moment.isPartlyCommitted();
      case COMMITTING -> moment.isCommit();
      case DELETING -> moment.is(DiskOperation.Kind.DELETE, "/checkpoints/");
      case RESTORING -> moment.isRestoring();
      case BEFORE_THE_FIRST -> !moment.hasEverCompleted();
      case AT_THE_END -> moment.isLast();
    };
  }

  /** How a crash lies to its point. */
  public enum Phase {
    /** What was about to happen does not. */
    BEFORE,
    /**
     * What was about to happen does, perhaps in part, and nobody gets to know: an operation of the
     * disk, or what comes between a step of a checkpoint and the next thing that can be seen.
     */
    AT,
    /** It happened, and so did what comes next, if that is no operation; what follows does not. */
    AFTER
  }

  /**
   * A crash to come.
   *
   * @param occurrence at which time that the point is reached, counted from 1
   */
  record Target(CrashPoint point, Phase phase, int occurrence) {}
}
