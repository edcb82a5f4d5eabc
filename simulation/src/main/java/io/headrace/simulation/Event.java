package io.headrace.simulation;

import java.time.Duration;
import java.time.Instant;

/**
 * What simulated sources deliver.
 *
 * @param key all events of a key come from one split
 * @param index the place in the split
 */
public record Event(String key, long index) {

  /** How much earlier than one before it in its split an event may be. */
  static final Duration OUT_OF_ORDER = Duration.ofMillis(11);

  private static final int POISON_EACH = 13;

  /** When it happened: some are as late as may be, and some of those are the last of a window. */
  Instant time() {
    return Instant.ofEpochMilli(index * 10 - (index + 2) % 3 * 31 / 2);
  }

  /** Whether it is filtered out, or failed on and put aside: it leaves no trace in either case. */
  boolean isPoison() {
    return index % POISON_EACH == 0;
  }

  /** How many of the events before a position are poison. */
  static long poisonBefore(long position) {
    return (position + POISON_EACH - 1) / POISON_EACH;
  }
}
