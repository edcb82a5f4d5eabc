package io.headrace.simulation;

import java.util.Optional;

/**
 * What a process of the simulator has to live through.
 *
 * @param kind how it ends
 * @param target the moment at which that happens, if it does
 * @param hasIoErrors whether the storage of its checkpoints fails now and then
 * @param isStalled whether its last checkpoint takes too long
 */
record Fate(Kind kind, Optional<CrashPoint.Target> target, boolean hasIoErrors, boolean isStalled) {

  /** How a process ends. */
  enum Kind {
    /** It crashes, or is killed, or the power is lost. */
    CRASHED,
    /** It is taken for dead, another one takes its directory, and it goes on. */
    TAKEN_OVER,
    /** When the job does. */
    SPARED
  }

  /** A process that nothing happens to. */
  static final Fate NONE = new Fate(Kind.SPARED, Optional.empty(), false, false);

  static Fate crashed(CrashPoint.Target target, boolean hasIoErrors) {
    return new Fate(Kind.CRASHED, Optional.of(target), hasIoErrors, false);
  }

  static Fate takenOver(CrashPoint.Target target) {
    return new Fate(Kind.TAKEN_OVER, Optional.of(target), false, false);
  }

  /** Whatever goes wrong with its checkpoints, it has to come to the end of the job by itself. */
  static Fate troubled(boolean hasIoErrors, boolean isStalled) {
    return new Fate(Kind.SPARED, Optional.empty(), hasIoErrors, isStalled);
  }

  /** Whether the process comes to the end of the job unless somebody ends it. */
  boolean isSpared() {
    return kind == Kind.SPARED;
  }
}
