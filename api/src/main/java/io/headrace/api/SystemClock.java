package io.headrace.api;

import java.time.Instant;

/** The machine's clock: the only place where production code reads it. */
enum SystemClock implements Clock {
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public Instant instant() {
    return Instant.now();
  }
}
