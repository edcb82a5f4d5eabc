package io.headrace.engine.coordinator;

import io.headrace.api.Invariant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a run stands.
 *
 * <pre>
 *       ┌───────────────────────────────────────────┐
 *       ▼                                           │
 *   RECOVERING ──► RUNNING ──► TEARING_DOWN ◄─► WAITING
 *       │                       ▲       │
 *       └───────────────────────┘       └────► ENDED
 * </pre>
 */
public enum RunPhase {
  /** An attempt is being prepared: sinks are recovered, tasks are built, their state is read. */
  RECOVERING,
  /** The tasks of an attempt run. */
  RUNNING,
  /** The tasks of an attempt are stopping, and what they held open is being closed. */
  TEARING_DOWN,
  /** The next attempt begins after a delay. */
  WAITING,
  /** The run is over and holds nothing any more. */
  ENDED;

  private Set<RunPhase> successors() {
    return switch (this) {
      case RECOVERING -> EnumSet.of(RUNNING, TEARING_DOWN);
      case RUNNING -> EnumSet.of(TEARING_DOWN);
      case TEARING_DOWN -> EnumSet.of(WAITING, ENDED);
      case WAITING -> EnumSet.of(RECOVERING, TEARING_DOWN);
      case ENDED -> EnumSet.noneOf(RunPhase.class);
    };
  }

  RunPhase moveTo(RunPhase next) {
    Invariant.check(successors().contains(next), "a run cannot go from %s to %s", this, next);
    return next;
  }
}
