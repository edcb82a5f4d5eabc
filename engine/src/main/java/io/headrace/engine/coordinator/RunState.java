package io.headrace.engine.coordinator;

/**
 * What a run is up to, for whoever watches it: an operator, a health endpoint, a program that waits
 * until it may send traffic.
 *
 * <pre>
 *   Starting ──► Restoring ──► Running ◄─► Degraded ──► Draining ──► Finished, Stopped, Cancelled
 *                    ▲                         │
 *                    └── after a failure ──────┘        Failed, from anywhere
 * </pre>
 *
 * <p>A run that starts empty does not restore; any state may be passed over when things go fast.
 */
public sealed interface RunState {

  /** Whether state is restored and values are being processed. */
  default boolean isReady() {
    return false;
  }

  /** Whether it is the last: the run is over, or cannot go on and is closing what it holds. */
  default boolean isEnd() {
    return false;
  }

  /** It is being found out what there is to start from, or connectors are being opened. */
  record Starting() implements RunState {}

  /**
   * State is being read.
   *
   * @param percent how much of its entries has been read, from 0 to 100
   */
  record Restoring(int percent) implements RunState {}

  /** Values are being processed, and nothing is wrong. */
  record Running() implements RunState {
    @Override
    public boolean isReady() {
      return true;
    }
  }

  /**
   * Something is wrong that the run gets over, or that somebody should see to.
   *
   * @param reason what, in a sentence with names and times
   */
  record Degraded(Kind kind, String reason) implements RunState {
    @Override
    public boolean isReady() {
      return kind != Kind.RESTARTING && kind != Kind.START_STUCK;
    }

    /** What is wrong. */
    public enum Kind {
      /** The job has failed and starts again. */
      RESTARTING,
      /** The last checkpoint was given up: after a failure, more would be processed again. */
      CHECKPOINTS_FAILING,
      /** An operator does not return: its part of the job stands still. */
      OPERATOR_STUCK,
      /**
       * A call to a sink or to the storage does not return: no checkpoint is completed meanwhile,
       * and nothing is committed.
       */
      CALL_STUCK,
      /** The same while the job starts: it cannot go on before. */
      START_STUCK
    }
  }

  /** The run is ending and reads nothing more; what it has read is being processed or given up. */
  record Draining() implements RunState {}

  /** The run cannot go on. */
  record Failed(Throwable cause) implements RunState {
    @Override
    public boolean isEnd() {
      return true;
    }
  }

  /** All input was read, and all results are committed. */
  record Finished() implements RunState {
    @Override
    public boolean isEnd() {
      return true;
    }
  }

  /** The run was asked to stop, and ended with a checkpoint. */
  record Stopped() implements RunState {
    @Override
    public boolean isEnd() {
      return true;
    }
  }

  /** The run was told to end at once. */
  record Cancelled() implements RunState {
    @Override
    public boolean isEnd() {
      return true;
    }
  }
}
