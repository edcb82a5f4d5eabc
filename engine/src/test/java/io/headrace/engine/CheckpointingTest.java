package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.CheckpointStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a user sees of checkpoints. */
@Tag("SP-5")
@Timeout(60)
class CheckpointingTest {

  private static final long ENDLESS = Long.MAX_VALUE;

  @TempDir Path directory;

  private Settings settings(Duration interval, Duration timeout, int retained) {
    return Settings.in(directory)
        .parallelism(2)
        .withCheckpoints(
            CheckpointSettings.defaults().interval(interval).timeout(timeout).retained(retained));
  }

  private Settings often() {
    return settings(Duration.ofMillis(5), Duration.ofMinutes(1), 2);
  }

  private static Job sums(long count, Sink<Long, String> sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index).splits(2))
            .keyBy(number -> number % 7)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .map(change -> change.value())
            .as(Long.class)
            .filter(sum -> sum % 1_000 == 0)
            .sink("out", sink);
  }

  private static CheckpointStatus await(Run run, Predicate<CheckpointStatus> wanted) {
    while (true) {
      for (CheckpointStatus status : run.status().checkpoints()) {
        if (wanted.test(status)) {
          return status;
        }
      }
      assertThat(Thread.interrupted()).as("gave up at %s", run.status()).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  @Tag("AB-17")
  void theStatusSaysWhatACheckpointTookAndHolds() {
    try (Run run = Headrace.start(sums(ENDLESS, Sinks.collect()), often())) {
      CheckpointStatus status = await(run, each -> each.entries() == 7);

      assertThat(status.isComplete()).isTrue();
      assertThat(status.bytes()).isPositive();
      assertThat(status.duration()).isPositive().isLessThan(Duration.ofMinutes(1));
      CheckpointStatus.Phases phases = status.phases();
      assertThat(phases.alignment()).isLessThan(status.duration());
      assertThat(
              List.of(
                  phases.startDelay(),
                  phases.setAside(),
                  phases.write(),
                  phases.publish(),
                  phases.commit()))
          .allSatisfy(each -> assertThat(each).isPositive().isLessThan(status.duration()));
    }
  }

  @Test
  void soManyAreKeptAsWereAskedFor() throws IOException {
    try (Run run = Headrace.start(sums(ENDLESS, Sinks.collect()), often())) {
      await(run, each -> each.id().value() > 5);
      run.stop();
    }

    try (Stream<Path> kept = Files.list(directory.resolve("checkpoints"))) {
      assertThat(kept).hasSize(2);
    }
  }

  @Test
  @Tag("AB-16")
  void theLastCheckpointOfBoundedInputWaitsForNoInterval() {
    CollectingSink<Long> sink = Sinks.collect();

    Headrace.run(sums(1_000, sink), settings(Duration.ofDays(1), Duration.ofDays(1), 1));

    assertThat(sink.values()).isNotEmpty();
  }

  @Test
  void checkpointsGoOnWhenSomeSourcesHaveEnded() {
    CollectingSink<Long> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("short", Sources.generate(Long.class, 10, index -> -1 - index))
                .union(
                    pipeline.source(
                        "long", Sources.generate(Long.class, ENDLESS, index -> index * 1_000)))
                .filter(number -> number < 0)
                .sink("out", sink);

    try (Run run = Headrace.start(job, often())) {
      await(run, each -> each.id().value() > 5);
      run.stop();
    }
    try (Run again = Headrace.start(job, often())) {
      await(again, CheckpointStatus::isComplete);
      again.stop();
    }

    assertThat(sink.values()).hasSize(10);
  }

  @Test
  void oneThatTakesTooLongIsGivenUpAndTheNextMayBeComplete() {
    CountDownLatch slow = new CountDownLatch(1);
    Settings hasty = settings(Duration.ofMillis(5), Duration.ofMillis(50), 1);

    try (Run run = Headrace.start(sums(ENDLESS, new GatedSink<>(slow)), hasty)) {
      run.await(Duration.ofMillis(500));
      slow.countDown();
      CheckpointStatus late = await(run, each -> each.failure().isPresent());
      CheckpointStatus next = await(run, CheckpointStatus::isComplete);

      assertThat(late.failure().orElseThrow()).contains("it took longer than 50 ms");
      assertThat(next.id().value()).isGreaterThan(late.id().value());
      assertThat(run.status().givenUp()).isPositive();
    }
  }

  @Test
  void aSinkThatCannotCommitEndsTheAttemptAndSaysWhy() {
    Settings once = often().withRestarts(RestartStrategy.none());
    Runnable refusal =
        () -> {
          throw new IllegalStateException("the outside is full");
        };

    assertThatThrownBy(
            () ->
                Headrace.run(sums(ENDLESS, new GatedSink<>(new CountDownLatch(0), refusal)), once))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("out")
        .hasMessageContaining("the outside is full");
  }
}
