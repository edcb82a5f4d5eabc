package io.headrace.engine.coordinator;

import java.util.Optional;

/**
 * How a run ended.
 *
 * @param kind the way
 * @param cause what went wrong, if something did
 */
public record Outcome(Kind kind, Optional<Throwable> cause) {

  /** The ways a run ends. */
  public enum Kind {
    /** All input was read, and all results are committed. */
    FINISHED,
    /** The run was asked to stop, and ended with a checkpoint. */
    STOPPED,
    /** The run was told to end at once. */
    CANCELLED,
    /** The run could not go on. */
    FAILED
  }
}
