package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What it means to stop a run, whatever it is doing. */
@Tag("R21")
@Timeout(60)
class StopTest {

  private static final RestartStrategy LATE = RestartStrategy.fixedDelay(5, Duration.ofHours(1));

  @TempDir Path directory;

  private final AtomicReference<@Nullable Run> run = new AtomicReference<>();
  private final AtomicReference<@Nullable Thread> stopper = new AtomicReference<>();

  private static Job job(MapFunction<Long, Long> function, HookedSink sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE / 4, index -> index))
            .map(function)
            .as(Long.class)
            .sink("out", sink);
  }

  private Run start(RestartStrategy strategy, MapFunction<Long, Long> function, HookedSink sink) {
    Run started = Headrace.start(job(function, sink), settings(strategy));
    run.set(started);
    return started;
  }

  private Settings settings(RestartStrategy strategy) {
    return Settings.in(directory)
        .parallelism(1)
        .workers(2)
        .checkpointInterval(Duration.ofMinutes(10))
        .withRestarts(strategy);
  }

  /** Stops the run on a thread of its own. */
  private CompletableFuture<Outcome.Kind> stop() {
    CompletableFuture<Outcome.Kind> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(Objects.requireNonNull(run.get()).stop());
              } catch (HeadraceException failure) {
                result.completeExceptionally(failure);
              }
            });
    stopper.set(thread);
    thread.start();
    return result;
  }

  /** Whether somebody has asked for the stop, and waits for it. */
  private boolean isStopAsked() {
    Thread thread = stopper.get();
    return thread != null && thread.getState() == Thread.State.WAITING;
  }

  private void awaitStop() {
    while (!isStopAsked()) {
      LockSupport.parkNanos(1_000);
    }
  }

  private void endsWithACheckpoint(HookedSink sink) {
    int before = sink.values().size();
    try (Run again =
        Headrace.start(job(number -> number, sink), Settings.in(directory).parallelism(1))) {
      while (again.status().phase() == RunPhase.RECOVERING) {
        LockSupport.parkNanos(1_000);
      }
      assertThat(again.status().restoredFrom()).isPresent();
      assertThat(again.stop()).isEqualTo(Outcome.Kind.STOPPED);
    }
    assertThat(sink.values()).hasSizeGreaterThanOrEqualTo(before).doesNotHaveDuplicates();
    assertThat(sink.values().stream().mapToLong(each -> each).max().orElse(-1))
        .isEqualTo(sink.values().size() - 1L);
  }

  @Test
  void aRunThatStartsTakesItsLastCheckpointAsSoonAsItRuns() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.OPEN && isFirst.getAndSet(false)) {
                awaitStop();
              }
            });

    start(LATE, number -> number, sink);

    assertThat(stop().join()).isEqualTo(Outcome.Kind.STOPPED);
    endsWithACheckpoint(sink);
  }

  @Test
  void aRunThatWaitsToStartAgainStartsAtOnceForItsLastCheckpoint() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink = new HookedSink(step -> {});
    Run started =
        start(
            LATE,
            number -> {
              if (isFirst.getAndSet(false)) {
                throw new IllegalStateException("once");
              }
              return number;
            },
            sink);
    while (started.status().phase() != RunPhase.WAITING) {
      LockSupport.parkNanos(1_000);
    }

    assertThat(started.stop()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(started.status().restarts()).isEqualTo(1);
    endsWithACheckpoint(sink);
  }

  @Test
  void aRunThatIsStoppedWhileAFailedAttemptClosesSaysThatItStartsAgainAtOnce() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink = new HookedSink(step -> {});
    MapFunction<Long, Long> failsOnce =
        number -> {
          if (isFirst.getAndSet(false)) {
            throw new IllegalStateException("once");
          }
          return number;
        };
    ManualRun failed = ManualRun.start(job(failsOnce, sink), settings(LATE));
    failed.until(() -> failed.status().phase() == RunPhase.TEARING_DOWN);
    assertThat(startsAgain(failed.state())).startsWith("at 1970-01-01T01:00:00Z");

    failed.coordinator().stop();
    failed.step(Duration.ZERO);

    assertThat(startsAgain(failed.state())).startsWith("at 1970-01-01T00:00:00Z");
    assertThat(failed.end().kind()).isEqualTo(Outcome.Kind.STOPPED);
    endsWithACheckpoint(sink);
  }

  private static String startsAgain(RunState state) {
    String reason = ((RunState.Degraded) state).reason();
    assertThat(reason).startsWith("The job starts again ");
    return reason.substring("The job starts again ".length());
  }

  @Test
  void aRunThatFailsOnceBeforeItsLastCheckpointStartsAgainForIt() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.PREPARE && isFirst.getAndSet(false)) {
                throw new IllegalStateException("once");
              }
            });
    Run started = start(LATE, number -> number, sink);

    assertThat(stop().join()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(started.status().restarts()).isEqualTo(1);
    endsWithACheckpoint(sink);
  }

  @Test
  @Tag("FAULT-25")
  void aRunThatFailsTwiceBeforeItsLastCheckpointHasFailed() {
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.PREPARE) {
                throw new IllegalStateException("always");
              }
            });
    Run started = start(LATE, number -> number, sink);

    Throwable failure = catchThrowable(started::stop);

    assertThat(((HeadraceException) failure).code()).isEqualTo(ErrorCode.SINK_FAILED);
    assertThat(started.status().restarts()).isEqualTo(1);
    assertThat(started.state()).isInstanceOf(RunState.Failed.class);
  }

  @Test
  void aRunThatIsCancelledBeforeItsLastCheckpointSaysSo() throws InterruptedException {
    CountDownLatch isPreparing = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.MAKE_DURABLE) {
                isPreparing.countDown();
                mayGoOn.await();
              }
            });
    Run started = start(LATE, number -> number, sink);
    CompletableFuture<Outcome.Kind> stopped = stop();
    isPreparing.await();
    started.cancel();
    mayGoOn.countDown();

    assertThat(stopped.join()).isEqualTo(Outcome.Kind.CANCELLED);
  }
}
