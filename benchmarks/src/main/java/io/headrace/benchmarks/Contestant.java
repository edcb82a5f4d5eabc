package io.headrace.benchmarks;

/**
 * Does some {@link Work} its own way. One instance runs once, in a JVM of its own.
 *
 * <p>Each of the workload's events is drawn while the contestant runs, goes to the task that owns
 * its key, is added to that key's state, and what came of it is handed to the {@link Tally} of the
 * task that discards it ({@link Meter#newTally}), or to its {@link Taker} in a rotation.
 */
interface Contestant {

  /**
   * Runs the workload to its end, closes everything that was opened, and tells what became of the
   * checkpoints. Called on the main thread.
   */
  Result run(Workload workload) throws Exception;
}
