package io.headrace.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done about what does not return: an operator that holds its worker too long, since it
 * loops or blocks without having said so, and a call to a connector or to the storage that hangs.
 *
 * @param warnAfter when an operator is named in the log, and the run counts as degraded until it
 *     goes on; one that is {@link Stream#blocking blocking} may take a tenth of {@code giveUpAfter}
 *     instead; default, where it is empty: see {@link #namedAfter}
 * @param failAfter when the attempt fails with {@link ErrorCode#OPERATOR_STUCK}, also for operators
 *     that are blocking; {@link Settings} refuse one that is less than a {@code warnAfter} that was
 *     said, too; default: never
 * @param giveUpAfter how long a call may take that the job makes beside its operators: to open and
 *     recover sinks, to publish a checkpoint, to commit. After a tenth of it the run counts as
 *     degraded and says what it waits for; after all of it the call is interrupted and the attempt
 *     fails. A snapshot may take as much longer as checkpoints have time. It is also how long an
 *     attempt that ends waits for what does not return, which is interrupted after each tenth of
 *     it; then the run fails and nothing of it starts again in this process; default 10 min
 */
public record WatchdogSettings(
    Optional<Duration> warnAfter, Optional<Duration> failAfter, Duration giveUpAfter) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  private static final Duration WARN_AFTER = Duration.ofSeconds(1);

  /** Checks the times. */
  public WatchdogSettings {
    Problems problems = new Problems();
    warnAfter.ifPresent(time -> problems.duration("watchdog warnAfter", time, SHORTEST));
    failAfter.ifPresent(time -> problems.duration("watchdog failAfter", time, SHORTEST));
    problems.duration("watchdog giveUpAfter", giveUpAfter, SHORTEST);
    problems.throwIfAny();
  }

  /** The defaults. */
  public static WatchdogSettings defaults() {
    return new WatchdogSettings(Optional.empty(), Optional.empty(), Duration.ofMinutes(10));
  }

  /** These settings with another time after which a stuck operator is named. */
  public WatchdogSettings warnAfter(Duration time) {
    return new WatchdogSettings(Optional.of(time), failAfter, giveUpAfter);
  }

  /**
   * These settings with a time after which a stuck operator fails the attempt. Where nobody says
   * {@code warnAfter} and this is less than its default, the operator is named then, too.
   */
  public WatchdogSettings failAfter(Duration time) {
    return new WatchdogSettings(warnAfter, Optional.of(time), giveUpAfter);
  }

  /** These settings with another time after which nobody waits for a call any more. */
  public WatchdogSettings giveUpAfter(Duration time) {
    return new WatchdogSettings(warnAfter, failAfter, time);
  }

  /**
   * When an operator is named: after {@code warnAfter}, where that was said; else after 1 s, or
   * after {@code failAfter} if that is less.
   */
  public Duration namedAfter() {
    return warnAfter.orElseGet(
        () -> failAfter.filter(time -> time.compareTo(WARN_AFTER) < 0).orElse(WARN_AFTER));
  }

  /** How long a call may take before the run counts as degraded. */
  public Duration degradedAfter() {
    return giveUpAfter.dividedBy(10);
  }

  /** How long an operator may be stuck before the run no longer counts as live. */
  public Duration deadAfter() {
    return failAfter.orElseGet(this::namedAfter);
  }
}
