package io.headrace.api;

import java.time.Instant;

/** Where time comes from: the machine in production, the simulator in simulations. */
public interface Clock {

  /** Nanoseconds since some moment, never going back: for measuring how long something takes. */
  long nanoTime();

  /** The time of day, which may jump. */
  Instant instant();

  /** The clock of this machine. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}
