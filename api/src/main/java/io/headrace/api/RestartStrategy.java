package io.headrace.api;

import java.time.Duration;

/**
 * What happens after a failure: whether and when the job is started again from its last complete
 * checkpoint. Names, meanings and defaults are those of Flink. Some failures are final whatever the
 * strategy: those that starting again does not solve, such as state that does not fit the job.
 */
public sealed interface RestartStrategy {

  /** No restart: the first failure is the end. */
  static RestartStrategy none() {
    return new None();
  }

  /** One restart, after a second. */
  static RestartStrategy fixedDelay() {
    return new FixedDelay(1, Duration.ofSeconds(1));
  }

  /** So many restarts in the whole run, each after the same delay. */
  static RestartStrategy fixedDelay(int attempts, Duration delay) {
    return new FixedDelay(attempts, delay);
  }

  /** Restarts after a second, unless there was another failure within the last minute. */
  static RestartStrategy failureRate() {
    return new FailureRate(1, Duration.ofMinutes(1), Duration.ofSeconds(1));
  }

  /** Restarts after the same delay, as long as no more failures than these come in an interval. */
  static RestartStrategy failureRate(
      int maxFailuresPerInterval, Duration interval, Duration delay) {
    return new FailureRate(maxFailuresPerInterval, interval, delay);
  }

  /**
   * The default: restarts without end, the first after a second, each later one after half as long
   * again, at most after a minute; a tenth more or less by chance. After an hour without a failure
   * the delay is a second again.
   */
  static RestartStrategy exponentialDelay() {
    return new ExponentialDelay(
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        1.5,
        0.1,
        Duration.ofHours(1),
        Integer.MAX_VALUE);
  }

  /** See {@link #none()}. */
  record None() implements RestartStrategy {}

  /**
   * See {@link #fixedDelay(int, Duration)}.
   *
   * @param attempts how many restarts there are in the whole run
   * @param delay the time before each
   */
  record FixedDelay(int attempts, Duration delay) implements RestartStrategy {

    /** Checks the numbers. */
    public FixedDelay {
      Problems problems = new Problems();
      problems.number("restart attempts", attempts, 0);
      problems.duration("restart delay", delay, Duration.ZERO);
      problems.throwIfAny();
    }
  }

  /**
   * See {@link #failureRate(int, Duration, Duration)}.
   *
   * @param maxFailuresPerInterval how many failures are followed by a restart in any interval
   * @param interval how long failures are remembered
   * @param delay the time before each restart
   */
  record FailureRate(int maxFailuresPerInterval, Duration interval, Duration delay)
      implements RestartStrategy {

    /** Checks the numbers. */
    public FailureRate {
      Problems problems = new Problems();
      problems.number("restart maxFailuresPerInterval", maxFailuresPerInterval, 1);
      problems.duration("restart interval", interval, Duration.ofMillis(1));
      problems.duration("restart delay", delay, Duration.ZERO);
      problems.throwIfAny();
    }
  }

  /**
   * See {@link #exponentialDelay()}.
   *
   * @param initialBackoff the delay after the first failure, and the shortest
   * @param maxBackoff the longest delay
   * @param backoffMultiplier how much longer each delay is than the one before; at least 1
   * @param jitterFactor the part of a delay that chance adds or takes away, at most; from 0 to 1
   * @param resetBackoffThreshold after an attempt that ran this long the delay is the initial one
   *     again, and attempts are counted anew
   * @param attempts how many restarts in a row there are before the job fails for good; {@link
   *     Integer#MAX_VALUE} for no end
   */
  record ExponentialDelay(
      Duration initialBackoff,
      Duration maxBackoff,
      double backoffMultiplier,
      double jitterFactor,
      Duration resetBackoffThreshold,
      int attempts)
      implements RestartStrategy {

    /** Checks the numbers. */
    public ExponentialDelay {
      Problems problems = new Problems();
      problems.duration("restart initialBackoff", initialBackoff, Duration.ZERO);
      problems.duration("restart maxBackoff", maxBackoff, initialBackoff);
      problems.unless(
          backoffMultiplier >= 1 && backoffMultiplier <= Double.MAX_VALUE,
          "restart backoffMultiplier must be at least 1, but is %s",
          backoffMultiplier);
      problems.unless(
          jitterFactor >= 0 && jitterFactor <= 1,
          "restart jitterFactor must be from 0 to 1, but is %s",
          jitterFactor);
      problems.duration("restart resetBackoffThreshold", resetBackoffThreshold, Duration.ZERO);
      problems.number("restart attempts", attempts, 0);
      problems.throwIfAny();
    }
  }
}
