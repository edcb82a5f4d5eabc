package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** Gives names to what is thrown. */
final class Failures {

  private Failures() {}

  /** What was thrown, with a name if it is an {@link Error}, which nobody gets over by himself. */
  static Throwable named(String who, Throwable cause) {
    if (!(cause instanceof Error)) {
      return cause;
    }
    try {
      return cause instanceof OutOfMemoryError ? outOfMemory(who, cause) : fatal(who, cause);
    } catch (OutOfMemoryError evenForThat) {
      return cause;
    }
  }

  private static HeadraceException outOfMemory(String who, Throwable cause) {
    return new HeadraceException(
        ErrorCode.OUT_OF_MEMORY,
        who
            + " found no memory: "
            + cause
            + ". The job has ended and does not start again by itself, since it would need as much"
            + " again. Give the JVM a larger heap, or the job a lower limit with"
            + " Settings.stateBytes. One with a directory then goes on from its last complete"
            + " checkpoint.",
        cause);
  }

  private static HeadraceException fatal(String who, Throwable cause) {
    return new HeadraceException(
        ErrorCode.FATAL_ERROR,
        who
            + " threw "
            + cause
            + ", an Error, after which nothing that it was doing can be relied on. The job has"
            + " ended and does not start again by itself. Mend the code or its class path; a job"
            + " with a directory then goes on from its last complete checkpoint.",
        cause);
  }
}
