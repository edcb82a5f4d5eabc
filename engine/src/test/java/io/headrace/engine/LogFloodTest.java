package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Stream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** However much goes wrong, a log takes it. */
@Tag("S25")
@Timeout(300)
class LogFloodTest {

  private static final int MEBIBYTE = 1 << 20;

  @TempDir Path directory;

  @Test
  void aMillionValuesThatAreSkippedOrPutAsideFillNoLog() {
    AtomicLong dead = new AtomicLong();
    Job job =
        pipeline -> {
          Stream<Long> numbers =
              pipeline.source("numbers", Sources.generate(Long.class, 500_000, index -> index));
          numbers.map(LogFloodTest::fail).as(Long.class).skipFailures().sink("a", Sinks.collect());
          Stream<Long> good = numbers.map(LogFloodTest::fail).as(Long.class);
          good.sink("b", Sinks.collect());
          good.deadLetters()
              .map(letter -> dead.incrementAndGet())
              .as(Long.class)
              .filter(any -> false)
              .sink("dead", Sinks.collect());
        };

    String log = Log.textOf(() -> Headrace.run(job, Settings.in(directory)));

    assertThat(dead.get()).isEqualTo(500_000);
    assertThat(log).contains("guarantees from source to sink");
    assertThat(log.length()).isLessThan(MEBIBYTE / 8);
  }

  private static Long fail(Long number) {
    throw new IllegalArgumentException("no " + number);
  }

  /** A thousand times as many would take no more than that each ten seconds. */
  @Test
  void aJobThatFailsAgainAndAgainFillsNoLog() {
    int restarts = 300;
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == HookedSink.Step.OPEN) {
                throw new IOException("no way in, " + "x".repeat(1_000));
              }
            });
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .sink("out", sink);
    Settings settings =
        Settings.in(directory).withRestarts(RestartStrategy.fixedDelay(restarts, Duration.ZERO));

    String log =
        Log.textOf(
            () ->
                assertThat(
                        catchThrowableOfType(
                            HeadraceException.class, () -> Headrace.run(job, settings)))
                    .isNotNull());

    assertThat(log).contains("failed and starts again in 0 ms");
    assertThat(log.length()).isLessThan(MEBIBYTE / 2);
  }
}
