package io.headrace.benchmarks;

/**
 * Does the work of W1 its own way. One instance runs once, in a JVM of its own.
 *
 * <p>Each of the workload's events is drawn by {@link Workload#key} and {@link Workload#value}
 * while the contestant runs, goes to the task that owns its key, is added to that key's sum, and
 * the new sum is handed to the {@link Tally} of the task that discards it ({@link Meter#newTally}).
 */
interface Contestant {

  /**
   * Runs the workload to its end, closes everything that was opened, and tells what became of the
   * checkpoints. Called on the main thread.
   */
  Result run(Workload workload) throws Exception;
}
