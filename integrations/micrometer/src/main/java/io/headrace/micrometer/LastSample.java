package io.headrace.micrometer;

import io.headrace.engine.coordinator.RunStatus;
import io.micrometer.core.instrument.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The last look at a run: all meters that are read within a moment share one, so that a scrape
 * costs as much as there are tasks and not its square. Any thread; when several find it too old at
 * once, each looks for itself.
 */
final class LastSample {

  /** Longer than a scrape takes, and far shorter than the time between two. */
  static final Duration KEPT = Duration.ofMillis(100);

  private final Supplier<RunStatus> run;
  private final Clock clock;

  /** Replaced when it is too old. */
  private volatile @Nullable Look last;

  LastSample(Supplier<RunStatus> run, Clock clock) {
    this.run = run;
    this.clock = clock;
  }

  private record Look(Sample sample, long nanos) {}

  Sample now() {
    long nanos = clock.monotonicTime();
    Look known = last;
    if (known == null || nanos - known.nanos() > KEPT.toNanos()) {
      known = new Look(Sample.of(run.get(), Instant.ofEpochMilli(clock.wallTime())), nanos);
      last = known;
    }
    return known.sample();
  }
}
