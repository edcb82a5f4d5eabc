package io.headrace.api;

import java.time.Duration;
import java.util.Objects;

/**
 * When checkpoints are taken and how many are kept. While a job reads nothing, it takes none that
 * nobody asked for: another one would hold what the last one does. Immutable: each method returns
 * settings that differ in one thing.
 *
 * @param mode whether values around a barrier may be counted twice; default {@link
 *     CheckpointingMode#EXACTLY_ONCE}
 * @param interval from the start of one to the start of the next; default 1 s
 * @param timeout how long one may take before it is given up; default 10 min
 * @param minPause from the end of one to the start of the next, unless it is asked for; default
 *     none. With a pause there is one at a time, and so {@code maxConcurrent} must be 1
 * @param maxConcurrent how many may be under way at once; default 1. With more, a sink must be able
 *     to make several transactions of a task durable at once
 * @param tolerableFailures how many may fail in a row; one more fails the attempt, which restarts
 *     as after any failure. Default {@link Integer#MAX_VALUE}: a failed checkpoint never fails the
 *     job by itself
 * @param retained how many complete ones are kept; default 3
 */
public record CheckpointSettings(
    CheckpointingMode mode,
    Duration interval,
    Duration timeout,
    Duration minPause,
    int maxConcurrent,
    int tolerableFailures,
    int retained) {

  /** Checks the numbers. */
  public CheckpointSettings {
    Objects.requireNonNull(mode, "mode");
    Problems problems = new Problems();
    problems.duration("checkpoint interval", interval, Duration.ofMillis(1));
    problems.duration("checkpoint timeout", timeout, Duration.ofMillis(1));
    problems.duration("checkpoint minPause", minPause, Duration.ZERO);
    problems.number("checkpoint maxConcurrent", maxConcurrent, 1);
    problems.number("checkpoint tolerableFailures", tolerableFailures, 0);
    problems.number("checkpoint retained", retained, 1);
    problems.unless(
        minPause.isZero() || maxConcurrent <= 1,
        "checkpoint minPause is %s and maxConcurrent is %s, but with a pause there is one at a"
            + " time: leave one of them out",
        Printable.duration(minPause),
        maxConcurrent);
    problems.throwIfAny();
  }

  /** The defaults. */
  public static CheckpointSettings defaults() {
    return new CheckpointSettings(
        CheckpointingMode.EXACTLY_ONCE,
        Duration.ofSeconds(1),
        Duration.ofMinutes(10),
        Duration.ZERO,
        1,
        Integer.MAX_VALUE,
        3);
  }

  /** These settings with another mode. */
  public CheckpointSettings mode(CheckpointingMode other) {
    return new CheckpointSettings(
        other, interval, timeout, minPause, maxConcurrent, tolerableFailures, retained);
  }

  /** These settings with another time from the start of one checkpoint to that of the next. */
  public CheckpointSettings interval(Duration other) {
    return new CheckpointSettings(
        mode, other, timeout, minPause, maxConcurrent, tolerableFailures, retained);
  }

  /** These settings with another time after which a checkpoint is given up. */
  public CheckpointSettings timeout(Duration other) {
    return new CheckpointSettings(
        mode, interval, other, minPause, maxConcurrent, tolerableFailures, retained);
  }

  /** These settings with another time from the end of one checkpoint to the start of the next. */
  public CheckpointSettings minPause(Duration other) {
    return new CheckpointSettings(
        mode, interval, timeout, other, maxConcurrent, tolerableFailures, retained);
  }

  /** These settings with another number of checkpoints under way at once. */
  public CheckpointSettings maxConcurrent(int other) {
    return new CheckpointSettings(
        mode, interval, timeout, minPause, other, tolerableFailures, retained);
  }

  /** These settings with another number of checkpoints that may fail in a row. */
  public CheckpointSettings tolerableFailures(int other) {
    return new CheckpointSettings(
        mode, interval, timeout, minPause, maxConcurrent, other, retained);
  }

  /** These settings with another number of complete checkpoints that are kept. */
  public CheckpointSettings retained(int other) {
    return new CheckpointSettings(
        mode, interval, timeout, minPause, maxConcurrent, tolerableFailures, other);
  }
}
