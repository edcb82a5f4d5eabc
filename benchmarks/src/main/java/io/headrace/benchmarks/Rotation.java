package io.headrace.benchmarks;

/**
 * The sums of W1 over keys that come in turn: event {@code i} is of key {@code i} modulo their
 * number. Each split has every second event and so every second key; hence the events of a key stay
 * in order, and what an event must lead to follows from its number, whatever was restored before.
 */
final class Rotation {

  /** Events enough that no run comes to their end; an even number. */
  static final long ENDLESS = Long.MAX_VALUE / 4 & ~1L;

  private Rotation() {}

  /** Refuses a number of keys for which the events of a key would come from two splits. */
  static void checkKeys(int keys) {
    if (keys < 2 || keys % 2 != 0) {
      throw new IllegalArgumentException("an even number of keys is needed, but got " + keys);
    }
  }

  /** The key of an event. */
  static long key(long event, int keys) {
    return Workload.mix(event % keys);
  }

  /** The sum that the event must lead to. */
  static long sum(long event, int keys) {
    return (event / keys + 1) * Workload.value(key(event, keys));
  }

  /**
   * The event that stands at a place where each half of all places is read by one task: every
   * second event is in the first half, and the others are in the second.
   */
  static long eventAt(long place, long events) {
    long half = events / 2;
    return place < half ? 2 * place : 2 * (place - half) + 1;
  }
}
