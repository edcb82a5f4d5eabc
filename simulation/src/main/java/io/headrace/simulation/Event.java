package io.headrace.simulation;

/**
 * What simulated sources deliver.
 *
 * @param key all events of a key come from one split
 * @param index the place in the split
 */
public record Event(String key, long index) {

  private static final int POISON_EACH = 13;

  /** Whether it is filtered out, or failed on and put aside: it leaves no trace in either case. */
  boolean isPoison() {
    return index % POISON_EACH == 0;
  }

  /** How many of the events before a position are poison. */
  static long poisonBefore(long position) {
    return (position + POISON_EACH - 1) / POISON_EACH;
  }
}
