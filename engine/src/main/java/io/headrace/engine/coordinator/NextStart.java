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

  /** The time of day, if there is or was one. */
  Optional<Instant> time() {
    return Optional.ofNullable(time);
  }

  /** Takes note of a start if it is time to. Returns whether it is. */
  boolean take() {
    boolean isDue = clock.nanoTime() - nanos >= 0;
    count += isDue ? 1 : 0;
    return isDue;
  }

  /** How often the job was started again. */
  int count() {
    return count;
  }
}
