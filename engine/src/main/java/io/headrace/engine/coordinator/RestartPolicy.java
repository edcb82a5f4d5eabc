package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.RestartStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether and when a job that failed starts again: a {@link RestartStrategy} with what it has to
 * remember of the failures so far. Pure: what it knows is what it is given.
 */
sealed interface RestartPolicy {

  /** Problems that starting again does not solve. */
  Set<ErrorCode> FINAL =
      Set.copyOf(
          EnumSet.of(
              ErrorCode.INVALID_JOB,
              ErrorCode.SIDE_OUTPUT_UNCONNECTED,
              ErrorCode.DIRECTORY_OWNED,
              ErrorCode.DIRECTORY_UNUSABLE,
              ErrorCode.INPUT_REFUSED,
              ErrorCode.CHECKPOINT_DAMAGED,
              ErrorCode.STATE_INCOMPATIBLE,
              ErrorCode.STATE_LIMIT_REACHED,
              ErrorCode.FATAL_ERROR,
              ErrorCode.OUT_OF_MEMORY,
              ErrorCode.INTERNAL));

  /** The policy of a run that has not failed yet. */
  static RestartPolicy of(RestartStrategy strategy) {
    if (strategy instanceof RestartStrategy.FixedDelay fixed) {
      return new FixedDelay(fixed, 0);
    }
    if (strategy instanceof RestartStrategy.FailureRate rate) {
      return new FailureRate(rate, List.of());
    }
    if (strategy instanceof RestartStrategy.ExponentialDelay exponential) {
      return new ExponentialDelay(exponential, 0);
    }
    return new None();
  }

  /**
   * A failure.
   *
   * @param now when it came, on the clock of nanoseconds
   * @param ran how long the attempt ran that it ended
   */
  record Failure(long now, Duration ran) {}

  /** The policy after one more failure. */
  RestartPolicy after(Failure failure);

  /**
   * How long to wait after the last failure before starting again; empty when the job fails for
   * good.
   *
   * @param chance a random number from 0 to 1
   */
  Optional<Duration> delay(double chance);

  /** The same for a failure with a cause, which may be one that starting again does not solve. */
  default Optional<Duration> delay(Throwable cause, double chance) {
    return isFinal(cause) ? Optional.empty() : delay(chance);
  }

  /** Whether starting again does not solve a problem. */
  static boolean isFinal(Throwable cause) {
    return cause instanceof HeadraceException named
        ? FINAL.contains(named.code())
        : cause instanceof Error;
  }

  /** Never. */
  record None() implements RestartPolicy {

    @Override
    public RestartPolicy after(Failure failure) {
      return this;
    }

    @Override
    public Optional<Duration> delay(double chance) {
      return Optional.empty();
    }
  }

  /**
   * So many times.
   *
   * @param failures how many there were in the run
   */
  record FixedDelay(RestartStrategy.FixedDelay strategy, int failures) implements RestartPolicy {

    @Override
    public RestartPolicy after(Failure failure) {
      return new FixedDelay(strategy, failures + 1);
    }

    @Override
    public Optional<Duration> delay(double chance) {
      return failures > strategy.attempts() ? Optional.empty() : Optional.of(strategy.delay());
    }
  }

  /**
   * As long as failures are rare.
   *
   * @param times when failures came within the last interval, at most one more than it may hold
   */
  record FailureRate(RestartStrategy.FailureRate strategy, List<Long> times)
      implements RestartPolicy {

    /** Copies the list. */
    public FailureRate {
      times = List.copyOf(times);
    }

    @Override
    public RestartPolicy after(Failure failure) {
      List<Long> recent = new ArrayList<>(times);
      recent.removeIf(time -> failure.now() - time >= strategy.interval().toNanos());
      recent.add(failure.now());
      return new FailureRate(strategy, recent);
    }

    @Override
    public Optional<Duration> delay(double chance) {
      return times.size() > strategy.maxFailuresPerInterval()
          ? Optional.empty()
          : Optional.of(strategy.delay());
    }
  }

  /**
   * Less and less often.
   *
   * @param failures how many there were without a long attempt between them
   */
  record ExponentialDelay(RestartStrategy.ExponentialDelay strategy, int failures)
      implements RestartPolicy {

    @Override
    public RestartPolicy after(Failure failure) {
      boolean isReset = failure.ran().compareTo(strategy.resetBackoffThreshold()) >= 0;
      return new ExponentialDelay(strategy, isReset ? 1 : failures + 1);
    }

    @Override
    public Optional<Duration> delay(double chance) {
      if (failures > strategy.attempts()) {
        return Optional.empty();
      }
      double least = strategy.initialBackoff().toNanos();
      double most = strategy.maxBackoff().toNanos();
      double delay = Math.min(most, least * Math.pow(strategy.backoffMultiplier(), failures - 1));
      double spread = delay * strategy.jitterFactor();
      double from = Math.max(least, delay - spread);
      double to = Math.min(most, delay + spread);
      return Optional.of(Duration.ofNanos((long) (from + (to - from) * chance)));
    }
  }
}
