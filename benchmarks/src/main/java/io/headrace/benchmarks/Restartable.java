package io.headrace.benchmarks;

import java.time.Instant;
import java.util.Optional;

/** Runs a {@link Rotation} that goes on after the death of its JVM. */
interface Restartable {

  /**
   * Starts the rotation, from the last complete checkpoint in the workload's directory if there is
   * one.
   */
  Running start(Workload workload) throws Exception;

  /** A rotation that was started. It ends with its JVM. */
  interface Running {

    /** How many checkpoints were completed; throws what ended the job, if it has ended. */
    long complete() throws Exception;

    /** When the checkpoint that was completed last was triggered. */
    Optional<Instant> lastComplete() throws Exception;
  }
}
