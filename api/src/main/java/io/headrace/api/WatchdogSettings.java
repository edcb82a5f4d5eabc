package io.headrace.api;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done about what does not return: an operator that holds its worker too long, since it
 * loops or blocks without having said so, and a call to a connector or to the storage that hangs.
 *
 * @param warnAfter when an operator is named in the log, and the run counts as degraded until it
 *     goes on; one that is {@link Stream#blocking blocking} may take a tenth of {@code giveUpAfter}
 *     instead; default 1 s
 * @param failAfter when the attempt fails with {@link ErrorCode#OPERATOR_STUCK}, also for operators
 *     that are blocking; {@link Settings} refuse one that is less than {@code warnAfter}; default:
 *     never
 * @param giveUpAfter how long a call may take that the job makes beside its operators: to open and
 *     recover sinks, to publish a checkpoint, to commit. After a tenth of it the run counts as
 *     degraded and says what it waits for; after all of it the call is interrupted and the attempt
 *     fails. A snapshot may take as much longer as checkpoints have time. It is also how long an
 *     attempt that ends waits for what does not return, which is interrupted after each tenth of
 *     it; then the run fails and nothing of it starts again in this process; default 10 min
 */
public record WatchdogSettings(
    Duration warnAfter, Optional<Duration> failAfter, Duration giveUpAfter) {

  private static final Duration SHORTEST = Duration.ofMillis(1);

  /** Checks the times. */
  public WatchdogSettings {
    Problems problems = new Problems();
    problems.duration("watchdog warnAfter", warnAfter, SHORTEST);
    failAfter.ifPresent(time -> problems.duration("watchdog failAfter", time, SHORTEST));
    problems.duration("watchdog giveUpAfter", giveUpAfter, SHORTEST);
    problems.throwIfAny();
  }

  /** The defaults. */
  public static WatchdogSettings defaults() {
    return new WatchdogSettings(Duration.ofSeconds(1), Optional.empty(), Duration.ofMinutes(10));
  }

  /** These settings with another time after which a stuck operator is named. */
  public WatchdogSettings warnAfter(Duration time) {
    return new WatchdogSettings(time, failAfter, giveUpAfter);
  }

  /** These settings with a time after which a stuck operator fails the attempt. */
  public WatchdogSettings failAfter(Duration time) {
    return new WatchdogSettings(warnAfter, Optional.of(time), giveUpAfter);
  }

  /** These settings with another time after which nobody waits for a call any more. */
  public WatchdogSettings giveUpAfter(Duration time) {
    return new WatchdogSettings(warnAfter, failAfter, time);
  }

  /** How long a call may take before the run counts as degraded. */
  public Duration degradedAfter() {
    return giveUpAfter.dividedBy(10);
  }

  /** How long an operator may be stuck before the run no longer counts as live. */
  public Duration deadAfter() {
    return failAfter.orElse(warnAfter);
  }
}
