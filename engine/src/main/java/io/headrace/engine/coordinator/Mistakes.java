package io.headrace.engine.coordinator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What calls of the coordinator threw that must not throw, in one attempt. One thread. */
final class Mistakes {

  /**
   * How many calls of one attempt may throw before the run is broken off: the worker waits up to 40
   * ms between them, so that memory gets some two seconds to come.
   */
  private static final int MOST = 50;

  private int count;
  private @Nullable Throwable last;
  private @Nullable Throwable open;

  /** Something that is given up when it throws. */
  @FunctionalInterface
  interface Try {
    void call() throws Exception;
  }

  void add(Throwable thrown) {
    count++;
    last = thrown;
    open = thrown;
  }

  /** Whether there are so many that nothing better is to be hoped for. */
  boolean areTooMany() {
    return count > MOST;
  }

  /** What has not been dealt with. */
  Optional<Throwable> open() {
    return Optional.ofNullable(open);
  }

  /** What is open has been dealt with. */
  void dealtWith() {
    open = null;
  }

  /** Another attempt begins. */
  void nextAttempt() {
    count = 0;
  }

  /** Does something, and keeps what it throws with the last mistake. */
  void quietly(Try action) {
    try {
      action.call();
    } catch (Exception | Error thrown) {
      Throwable known = last;
      if (known != null && known != thrown && known.getSuppressed().length < MOST) {
        known.addSuppressed(thrown);
      }
    }
  }
}
