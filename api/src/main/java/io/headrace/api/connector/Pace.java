package io.headrace.api.connector;

import io.headrace.api.Clock;

/** How many values are due at a rate since a start. One thread. */
final class Pace {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final Clock clock;
  private final long start;
  private long emitted;

  /**
   * @param perSecond the rate; 0 for no limit
   */
  Pace(double perSecond, Clock clock) {
    this.perSecond = perSecond;
    this.clock = clock;
    this.start = perSecond == 0 ? 0 : clock.nanoTime();
  }

  int due(int most) {
    if (perSecond == 0) {
      return most;
    }
    double total = (clock.nanoTime() - start) / NANOS_PER_SECOND * perSecond;
    return (int) Math.min(most, Math.max(0, (long) total - emitted));
  }

  void emitted(int count) {
    emitted += count;
  }
}
