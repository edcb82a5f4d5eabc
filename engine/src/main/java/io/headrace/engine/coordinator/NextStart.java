package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a job that failed starts again. On the coordinator's thread. */
final class NextStart {

  private final Clock clock;
  private long nanos;
  private @Nullable Instant time;
  private int count;

  NextStart(Clock clock) {
    this.clock = clock;
  }

  /** It starts again after a delay. */
  void in(Duration delay) {
    nanos = clock.nanoTime() + delay.toNanos();
    time = clock.instant().plus(delay);
  }

  /** The time of day, if the job has failed. */
  Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /** Whether it is time to; it is counted then. */
  boolean isDue() {
    boolean isDue = clock.nanoTime() - nanos >= 0;
    count += isDue ? 1 : 0;
    return isDue;
  }

  /** How often the job was started again. */
  int count() {
    return count;
  }
}
