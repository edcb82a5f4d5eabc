package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a job whose checkpoints, functions or operators fail. */
@Timeout(60)
class CheckpointFailuresTest {

  private static final long ENDLESS = Long.MAX_VALUE;
  private static final Duration WATCHED = Duration.ofMillis(200);

  @TempDir Path directory;

  private Settings hasty(int tolerable) {
    return Settings.in(directory)
        .parallelism(1)
        .withRestarts(RestartStrategy.none())
        .withCheckpoints(
            CheckpointSettings.defaults()
                .interval(Duration.ofMillis(5))
                .timeout(Duration.ofMillis(500))
                .tolerableFailures(tolerable));
  }

  private static Job job(GatedSink<Long> sink, CountDownLatch gate) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, ENDLESS, index -> index))
            .keyBy(number -> number % 7)
            .aggregate(
                "sums",
                Long.class,
                0L,
                (sum, number) -> {
                  gate.await();
                  return sum + number;
                })
            .map(change -> change.value())
            .as(Long.class)
            .sink("out", sink);
  }

  private static final CountDownLatch OPEN = new CountDownLatch(0);

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.interrupted()).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  @Tag("RE-10")
  void failedCheckpointsDoNotFailAJobThatSaysNothingAboutThem() {
    CountDownLatch slow = new CountDownLatch(1);
    Settings settings = hasty(CheckpointSettings.defaults().tolerableFailures());

    try (Run run = Headrace.start(job(new GatedSink<>(slow), OPEN), settings)) {
      await(() -> run.status().givenUp() > 0);
      slow.countDown();
      await(() -> run.status().complete() > 0);

      assertThat(run.status().lastFailure()).isEmpty();
    }
  }

  @Test
  @Tag("RE-10")
  void oneMoreInARowThanAreToleratedFailsTheAttemptAndSaysWhy() {
    CountDownLatch slow = new CountDownLatch(1);

    try (Run run = Headrace.start(job(new GatedSink<>(slow), OPEN), hasty(1))) {
      await(() -> run.status().lastFailure().isPresent());
      slow.countDown();

      assertThatThrownBy(run::await)
          .isInstanceOfSatisfying(
              HeadraceException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CHECKPOINT_FAILED))
          .hasMessageContaining("it took longer than 500 ms")
          .hasMessageContaining("So did the 1 before it, and no more may fail in a row")
          .hasCauseInstanceOf(HeadraceException.class);
    }
  }

  @Test
  @Tag("FAULT-22")
  void aStuckTaskCostsTheCheckpointIsNamedAndTheJobGoesOn() {
    CountDownLatch gate = new CountDownLatch(1);

    try (Run run = Headrace.start(job(GatedSink.open(), gate), hasty(Integer.MAX_VALUE))) {
      await(() -> run.status().givenUp() > 0);
      String why =
          run.status().checkpoints().stream()
              .flatMap(each -> each.failure().stream())
              .findFirst()
              .orElseThrow();
      long complete = run.status().complete();
      gate.countDown();
      await(() -> run.status().complete() > complete);

      assertThat(why).contains("sums -> map-2 -> out #0 is WORKING");
      assertThat(run.status().lastFailure()).isEmpty();
    }
  }

  @Test
  @Tag("FAULT-22")
  void aTaskThatStaysStuckFailsTheAttemptAfterTheLimit() {
    CountDownLatch gate = new CountDownLatch(1);

    try (Run run = Headrace.start(job(GatedSink.open(), gate), hasty(2))) {
      await(() -> run.status().lastFailure().isPresent());
      long complete = run.status().complete();
      gate.countDown();

      assertThat(complete).isZero();
      assertThatThrownBy(run::await)
          .hasMessageContaining("sums -> map-2 -> out #0 is WORKING")
          .hasMessageContaining("So did the 2 before it");
    }
  }

  @Test
  @Tag("FAULT-24")
  void cancellingWhileASnapshotIsWrittenWaitsForItAndCompletesNothing() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    GatedSink<Long> sink = new GatedSink<>(gate);

    try (Run run = Headrace.start(job(sink, OPEN), hasty(Integer.MAX_VALUE))) {
      sink.awaitReached();
      run.cancel();
      assertThat(run.await(WATCHED)).isFalse();
      assertThat(sink.closed()).isZero();
      gate.countDown();

      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    }

    assertThat(sink.closed()).isEqualTo(sink.opened());
    assertThat(manifests()).isEmpty();
    try (Run again = Headrace.start(job(GatedSink.open(), OPEN), hasty(Integer.MAX_VALUE))) {
      await(() -> again.status().complete() > 0);
      assertThat(again.status().restoredFrom()).isEmpty();
    }
  }

  @Test
  @Tag("FAULT-24")
  void stoppingWhileASnapshotIsWrittenEndsWithOneMoreCheckpoint() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    GatedSink<Long> sink = new GatedSink<>(gate);
    Settings patient =
        hasty(Integer.MAX_VALUE)
            .withCheckpoints(CheckpointSettings.defaults().interval(Duration.ofMillis(5)));

    try (Run run = Headrace.start(job(sink, OPEN), patient)) {
      sink.awaitReached();
      Thread stopper = new Thread(run::stop);
      stopper.start();
      gate.countDown();
      stopper.join();

      assertThat(run.await()).isEqualTo(Outcome.Kind.STOPPED);
      assertThat(run.status().complete()).isGreaterThanOrEqualTo(2);
    }

    assertThat(manifests()).hasSameSizeAs(folders()).isNotEmpty();
  }

  private static Job slow(MapFunction<Long, Long> function, HookedSink sink) {
    return pipeline ->
        pipeline
            .source(
                "numbers",
                Sources.paced(Sources.generate(Long.class, ENDLESS, index -> index), 10_000))
            .map(function)
            .as(Long.class)
            .sink("out", sink);
  }

  private Settings onlyWhenAsked() {
    return Settings.in(directory)
        .parallelism(1)
        .checkpointInterval(Duration.ofHours(1))
        .withRestarts(RestartStrategy.fixedDelay(1, Duration.ZERO));
  }

  private static void awaitRestart(Run run) {
    await(() -> run.status().restarts() == 1 && run.isReady());
    assertThat(run.status().state()).isEqualTo(new RunState.Running());
  }

  @Test
  @Tag("AB-17")
  void aCheckpointThatIsNotCompleteWhenItsAttemptFailsIsGivenUpOnceAndSaysSo() throws Exception {
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == HookedSink.Step.MAKE_DURABLE) {
                isWriting.countDown();
                mayGoOn.await();
              }
            });
    AtomicBoolean isToFail = new AtomicBoolean();
    MapFunction<Long, Long> failing =
        number -> {
          if (isToFail.getAndSet(false)) {
            throw new IllegalStateException("of another cause");
          }
          return number;
        };

    try (Run run = Headrace.start(slow(failing, sink), onlyWhenAsked())) {
      CompletableFuture<CheckpointId> asked = run.checkpoint();
      isWriting.await();
      isToFail.set(true);
      await(() -> run.status().phase() == RunPhase.TEARING_DOWN);
      mayGoOn.countDown();
      awaitRestart(run);

      assertThatThrownBy(asked::join).hasMessageContaining("of another cause");
      assertThat(run.status().givenUp()).isEqualTo(1);
      assertThat(run.status().checkpoints()).hasSize(1);
      assertThat(run.status().checkpoints().get(0).failure().orElseThrow())
          .contains("the job failed before it was complete", "of another cause");
    }
  }

  @Test
  @Tag("AB-17")
  void aCheckpointThatIsNotCommittedIsCompleteOnDiskAndSaysSo() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == HookedSink.Step.COMMIT && isFirst.getAndSet(false)) {
                throw new IllegalStateException("the outside is full");
              }
            });

    try (Run run = Headrace.start(slow(number -> number, sink), onlyWhenAsked())) {
      await(() -> run.status().records() > 0);
      CompletableFuture<CheckpointId> asked = run.checkpoint();
      awaitRestart(run);

      assertThatThrownBy(asked::join).hasMessageContaining("the outside is full");
      assertThat(run.status().complete()).isZero();
      assertThat(run.status().givenUp()).isEqualTo(1);
      assertThat(run.status().checkpoints()).hasSize(1);
      CheckpointStatus status = run.status().checkpoints().get(0);
      assertThat(status.failure().orElseThrow())
          .contains("it is complete on disk", "the outside is full");
      assertThat(run.status().restoredFrom()).contains(status.id());
      assertThat(sink.values()).isNotEmpty();
    }
  }

  @Test
  @Tag("FAULT-25")
  void aFailureStormIsBoundedAndLeavesNothingBehind() throws IOException {
    GatedSink<Long> sink = GatedSink.open();
    Job failing =
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.generate(
                        Long.class,
                        ENDLESS,
                        index -> {
                          throw new IllegalStateException("always");
                        }))
                .sink("out", sink);
    Settings stormy =
        hasty(Integer.MAX_VALUE).withRestarts(RestartStrategy.fixedDelay(50, Duration.ZERO));

    Run run = Headrace.start(failing, stormy);

    assertThatThrownBy(run::await).hasMessageContaining("always");
    assertThat(run.status().restarts()).isEqualTo(50);
    assertThat(sink.opened()).isEqualTo(51);
    assertThat(sink.closed()).isEqualTo(51);
    assertThat(folders()).hasSizeLessThanOrEqualTo(1);
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().startsWith("headrace"));
  }

  private List<Path> folders() throws IOException {
    try (Stream<Path> folders = Files.list(directory.resolve("checkpoints"))) {
      return folders.toList();
    }
  }

  private List<Path> manifests() throws IOException {
    return folders().stream()
        .map(folder -> folder.resolve("manifest.avro"))
        .filter(Files::exists)
        .toList();
  }
}
