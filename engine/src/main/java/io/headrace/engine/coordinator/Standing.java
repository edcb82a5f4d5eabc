package io.headrace.engine.coordinator;

import io.headrace.api.Printable;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a coordinator knows of its run, as far as the {@link RunState} follows from it. Pure.
 *
 * @param end how the run ends, once that is decided
 * @param restored how much of the state of a checkpoint has been read, in percent, if one is read
 * @param isDraining whether the run was asked to stop
 * @param restartAt when the next attempt begins, if the last one failed
 * @param lastFailure what ended the last attempt that failed
 * @param failing what is wrong with the last checkpoint, if something is
 * @param stuck what the watchdog says of an operator that is stuck
 * @param waiting which call beside the operators does not return
 */
record Standing(
    RunPhase phase,
    Optional<Outcome> end,
    OptionalInt restored,
    boolean isDraining,
    Optional<Instant> restartAt,
    Optional<Throwable> lastFailure,
    Optional<String> failing,
    Optional<String> stuck,
    Optional<String> waiting) {

  RunState state() {
    Optional<Throwable> fatal = end.filter(Standing::isFailure).flatMap(Outcome::cause);
    if (fatal.isPresent()) {
      return new RunState.Failed(fatal.get());
    }
    return switch (phase) {
      case RECOVERING -> end.isPresent() ? new RunState.Draining() : recovering();
      case RUNNING -> running();
      case TEARING_DOWN, WAITING ->
          end.isPresent() ? new RunState.Draining() : stuckOr(restarting());
      case ENDED -> end.map(Standing::ended).orElseGet(RunState.Draining::new);
    };
  }

  private static boolean isFailure(Outcome outcome) {
    return outcome.kind() == Outcome.Kind.FAILED;
  }

  private RunState recovering() {
    if (waiting.isPresent()) {
      return new RunState.Degraded(RunState.Degraded.Kind.START_STUCK, waiting.get());
    }
    return restored.isPresent()
        ? new RunState.Restoring(restored.getAsInt())
        : new RunState.Starting();
  }

  private RunState running() {
    if (end.isPresent() || isDraining) {
      return new RunState.Draining();
    }
    RunState other =
        failing
            .<RunState>map(
                why -> new RunState.Degraded(RunState.Degraded.Kind.CHECKPOINTS_FAILING, why))
            .orElseGet(RunState.Running::new);
    return stuckOr(
        waiting
            .<RunState>map(what -> new RunState.Degraded(RunState.Degraded.Kind.CALL_STUCK, what))
            .orElse(other));
  }

  private RunState stuckOr(RunState other) {
    return stuck
        .<RunState>map(what -> new RunState.Degraded(RunState.Degraded.Kind.OPERATOR_STUCK, what))
        .orElse(other);
  }

  private RunState restarting() {
    String when = restartAt.map(at -> " at " + at).orElse("");
    String why =
        lastFailure.map(cause -> ", after this failure: " + Printable.lines(cause)).orElse("");
    return new RunState.Degraded(
        RunState.Degraded.Kind.RESTARTING, "The job starts again" + when + why);
  }

  private static RunState ended(Outcome outcome) {
    return switch (outcome.kind()) {
      case FINISHED -> new RunState.Finished();
      case STOPPED -> new RunState.Stopped();
      case CANCELLED -> new RunState.Cancelled();
      case FAILED ->
          new RunState.Failed(
              outcome.cause().orElseGet(() -> new IllegalStateException("it has no cause")));
    };
  }
}
