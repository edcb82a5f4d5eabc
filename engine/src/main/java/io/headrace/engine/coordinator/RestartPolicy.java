package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Settings;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Whether and when a job that failed starts again: an exponential delay, under the names and
 * meanings of Flink's. Pure: what it knows is what it is given.
 *
 * @param failures how many failures there were in a row
 * @param settings delays and limits
 */
record RestartPolicy(int failures, Settings.Restarts settings) {

  /** Problems that starting again does not solve. */
  private static final Set<ErrorCode> FINAL =
      EnumSet.of(
          ErrorCode.INVALID_JOB,
          ErrorCode.DIRECTORY_OWNED,
          ErrorCode.DIRECTORY_UNUSABLE,
          ErrorCode.INPUT_REFUSED,
          ErrorCode.CHECKPOINT_DAMAGED,
          ErrorCode.STATE_INCOMPATIBLE,
          ErrorCode.STATE_LIMIT_REACHED,
          ErrorCode.FATAL_ERROR,
          ErrorCode.OUT_OF_MEMORY,
          ErrorCode.INTERNAL);

  /** The policy after one more failure, which came some time after the one before. */
  RestartPolicy afterFailure(Duration sinceStart) {
    boolean isReset = sinceStart.compareTo(settings.resetAfter()) > 0;
    return new RestartPolicy(isReset ? 1 : failures + 1, settings);
  }

  /** How long to wait before starting again; empty when the job fails for good. */
  Optional<Duration> delay(Throwable cause) {
    boolean isFinal =
        cause instanceof HeadraceException named
            ? FINAL.contains(named.code())
            : cause instanceof Error;
    if (isFinal || failures > settings.attempts()) {
      return Optional.empty();
    }
    double factor = Math.pow(settings.backoffMultiplier(), failures - 1);
    double nanos = settings.initialDelay().toNanos() * factor;
    return Optional.of(
        nanos < settings.maxDelay().toNanos()
            ? Duration.ofNanos((long) nanos)
            : settings.maxDelay());
  }
}
