package io.headrace.engine.coordinator;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * How often something is logged that may happen again and again: the first times, and then now and
 * then. One thread.
 */
final class LogRate {

  /** So many in a row say all that can be said. */
  static final int MOST_AT_ONCE = 16;

  /** How long it takes until one more may be logged. */
  static final Duration INTERVAL = Duration.ofSeconds(10);

  private long left = MOST_AT_ONCE;
  private long since;
  private boolean hasBegun;
  private long silent;

  /**
   * Something happened.
   *
   * @param now the time of a clock of nanoseconds
   * @return how often it happened since it was logged last, without this time; empty when it is not
   *     to be logged now
   */
  OptionalLong pass(long now) {
    gain(now);
    if (left == 0) {
      silent++;
      return OptionalLong.empty();
    }
    left--;
    long before = silent;
    silent = 0;
    return OptionalLong.of(before);
  }

  private void gain(long now) {
    if (!hasBegun) {
      hasBegun = true;
      since = now;
    }
    long gained = (now - since) / INTERVAL.toNanos();
    if (gained > 0) {
      since += gained * INTERVAL.toNanos();
      left = Math.min(MOST_AT_ONCE, left + gained);
    }
  }
}
