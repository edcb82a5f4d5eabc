package io.headrace.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * A stream of events of many distinct, random {@code long} keys, and how it is to be worked on.
 * Immutable.
 *
 * <p>Event {@code i} is a function of {@code i} alone, so any part of the stream can be drawn by
 * any thread, again and in any order. The value depends on the key alone, so that the running sums
 * of a key come out the same in whatever order its events arrive: that makes the sum of all outputs
 * a check of every single update.
 *
 * @param keys how many distinct keys there are
 * @param events how many events there are
 * @param parallelism how many tasks generate, and how many sum
 * @param checkpointInterval the time from one checkpoint to the next
 * @param directory where checkpoints go; it exists and is empty at the start
 */
record Workload(
    int keys, long events, int parallelism, Duration checkpointInterval, Path directory) {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  /**
   * Values start here, beyond the cache of {@link Long#valueOf}: a boxed sum is then an object, as
   * it is in most real work.
   */
  private static final long SMALLEST_VALUE = 128;

  Workload {
    if (keys < 1 || parallelism < 1 || events < parallelism) {
      throw new IllegalArgumentException(
          "a workload needs a key, a task and an event for each task, but got %s keys, %s tasks, %s events"
              .formatted(keys, parallelism, events));
    }
  }

  /** The key of an event. Never 0: no number below 2^31 is mapped there by {@link #mix}. */
  static long key(long event, int keys) {
    return mix(ordinal(event, keys));
  }

  /** The value of every event of a key: 128 to 135. */
  static long value(long key) {
    return SMALLEST_VALUE + (key & 7);
  }

  /** The first event of a task's share; the share ends where that of the next task begins. */
  long firstEvent(int task) {
    return events * task / parallelism;
  }

  /**
   * How long after its event a timer of W7 is for, where event {@code i} happens in millisecond
   * {@code i}: as many timers are registered at any time as there are keys.
   */
  Duration timerDelay() {
    return Duration.ofMillis(keys);
  }

  /** Events before this one only warm up: the first fifth. */
  long warmUpEvents() {
    return events / 5;
  }

  /**
   * The sum of all outputs of a run in which every event was counted exactly once.
   *
   * @param step what each event of a key adds to that key's output
   */
  long checksum(LongUnaryOperator step) {
    int[] counts = new int[keys];
    for (long event = 0; event < events; event++) {
      counts[ordinal(event, keys)]++;
    }
    long sum = 0;
    for (int ordinal = 0; ordinal < keys; ordinal++) {
      long count = counts[ordinal];
      sum += step.applyAsLong(mix(ordinal)) * (count * (count + 1) / 2);
    }
    return sum;
  }

  /** The number of an event's key, from 0 on. */
  static int ordinal(long event, int keys) {
    return (int) (((mix(event) >>> 32) * keys) >>> 32);
  }

  /** SplitMix64 by Guy Steele, Doug Lea and Christine Flood: a bijection. */
  static long mix(long word) {
    long z = word + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
