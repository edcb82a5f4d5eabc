package io.headrace.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done about an operator that holds its worker too long: that loops, or blocks without
 * having said so.
 *
 * @param warnAfter when it is named in the log, and the run counts as degraded until it goes on;
 *     not for operators that are {@link Stream#blocking blocking}; default 1 s
 * @param failAfter when the attempt fails with {@link ErrorCode#OPERATOR_STUCK}, also for operators
 *     that are blocking; default: never
 */
public record WatchdogSettings(Duration warnAfter, Optional<Duration> failAfter) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Checks the times. */
  public WatchdogSettings {
    Problems problems = new Problems();
    problems.duration("watchdog warnAfter", warnAfter, SHORTEST);
    failAfter.ifPresent(time -> problems.duration("watchdog failAfter", time, SHORTEST));
    problems.throwIfAny();
  }

  /** The defaults. */
  public static WatchdogSettings defaults() {
    return new WatchdogSettings(Duration.ofSeconds(1), Optional.empty());
  }

  /** These settings with another time after which a stuck operator is named. */
  public WatchdogSettings warnAfter(Duration time) {
    return new WatchdogSettings(time, failAfter);
  }

  /** These settings with a time after which a stuck operator fails the attempt. */
  public WatchdogSettings failAfter(Duration time) {
    return new WatchdogSettings(warnAfter, Optional.of(time));
  }

  /** How long an operator may be stuck before the run no longer counts as live. */
  public Duration deadAfter() {
    return failAfter.orElse(warnAfter);
  }
}
