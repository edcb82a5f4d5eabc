package io.headrace.api;

import java.time.Duration;
import java.util.Objects;

/**
 * What event time the values of a source have, and how far they may be out of order.
 *
 * <p>Each split has a watermark of its own, which is behind the latest of its values; that of the
 * source is the earliest of its splits. A value that is not later than the watermark is late: it is
 * passed on, and what becomes of it is up to the operators behind.
 *
 * @param timestamps tells the time of a value
 * @param outOfOrderness how much earlier than one before it a value of the same split may be
 * @param idleness how long a split that has nothing more to read for now holds back the others; a
 *     split that has, however slow, always does
 */
public record WatermarkStrategy<T>(
    TimestampAssigner<? super T> timestamps, Duration outOfOrderness, Duration idleness) {

  private static final Duration DEFAULT_IDLENESS = Duration.ofMinutes(1);

  /** What nanoseconds can count, with room. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  /** Checks its components. */
  public WatermarkStrategy {
    Objects.requireNonNull(timestamps, "timestamps");
    check("Values are said to be out of order by ", outOfOrderness);
    check("Splits are said to be idle after ", idleness);
  }

  private static void check(String what, Duration time) {
    if (time.isNegative() || time.compareTo(LONGEST) > 0) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          what
              + Printable.duration(time)
              + ". Give a time of 0 or more, and no more than 100 years.");
    }
  }

  /** For values that are out of order by no more than some time. */
  public static <T> WatermarkStrategy<T> forBoundedOutOfOrderness(
      Duration outOfOrderness, TimestampAssigner<? super T> timestamps) {
    return new WatermarkStrategy<>(timestamps, outOfOrderness, DEFAULT_IDLENESS);
  }

  /** For values whose times never go back within a split. */
  public static <T> WatermarkStrategy<T> forMonotonousTimestamps(
      TimestampAssigner<? super T> timestamps) {
    return forBoundedOutOfOrderness(Duration.ZERO, timestamps);
  }

  /** The same, with a time after which splits without anything to read hold back no others. */
  public WatermarkStrategy<T> withIdleness(Duration time) {
    return new WatermarkStrategy<>(timestamps, outOfOrderness, time);
  }
}
