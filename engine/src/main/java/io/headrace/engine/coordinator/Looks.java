package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import java.time.Duration;

/**
 * Says when it is time to look whether something lasts too long, and how much time has passed that
 * counts. One thread.
 */
final class Looks {

  /** How many there are before a limit is passed. */
  private static final int WITHIN_LIMIT = 8;

  private static final long SHORTEST_NANOS = 1_000_000;
  private static final long LONGEST_NANOS = 250_000_000;

  private final Clock clock;
  private final long interval;
  private long last;

  /**
   * @param limit the shortest of those that it is looked for
   */
  Looks(Clock clock, Duration limit) {
    this.clock = clock;
    this.interval =
        Math.min(LONGEST_NANOS, Math.max(SHORTEST_NANOS, limit.toNanos() / WITHIN_LIMIT));
    this.last = clock.nanoTime();
  }

  /**
   * Nanoseconds since the last look, as far as they count: when nobody looked, perhaps nobody ran,
   * since the whole process stood still. 0 when it is not time to look.
   */
  long next() {
    long now = clock.nanoTime();
    long since = now - last;
    if (since < interval) {
      return 0;
    }
    last = now;
    return Math.min(since, 2 * interval);
  }
}
