package io.headrace.engine.coordinator;

import io.headrace.api.Invariant;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where a checkpoint stands.
 *
 * <pre>
 *   BEGINNING ──► COLLECTING ──► WAITING ──► COMPLETING ──► ENDED
 *       │              │            │             │           ▲
 *       └──────────────┴────────────┴─────────────┴─► DISCARDING
 * </pre>
 *
 * It may be given up before it is being completed. It still waits for its missing parts, since they
 * may be being written, and is then discarded.
 */
enum CheckpointPhase {
  /** Its folder is being made; no barrier was asked for. */
  BEGINNING,
  /** Barriers are under way, or parts are being written. */
  COLLECTING,
  /** All parts are durable; transactions of an older one are not, or an older one is completing. */
  WAITING,
  /** Its manifest is being written, or its transactions are being committed. */
  COMPLETING,
  /** It is not wanted any more, nobody writes to it, and what there is of it is being deleted. */
  DISCARDING,
  /** Nothing of it is under way. */
  ENDED;

  private Set<CheckpointPhase> successors() {
    return switch (this) {
      case BEGINNING -> EnumSet.of(COLLECTING, DISCARDING);
      case COLLECTING -> EnumSet.of(WAITING, DISCARDING);
      case WAITING -> EnumSet.of(COMPLETING, DISCARDING);
      case COMPLETING -> EnumSet.of(ENDED, DISCARDING);
      case DISCARDING -> EnumSet.of(ENDED);
      case ENDED -> EnumSet.noneOf(CheckpointPhase.class);
    };
  }

  CheckpointPhase moveTo(CheckpointPhase next) {
    Invariant.check(
        successors().contains(next), "a checkpoint cannot go from %s to %s", this, next);
    return next;
  }
}
