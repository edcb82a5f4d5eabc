package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.CheckpointStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run writes into a recording of Java Flight Recorder. */
@Tag("R22")
@Timeout(120)
class FlightEventsTest {

  private static final String CHECKPOINT = "io.headrace.Checkpoint";
  private static final String RESTORE = "io.headrace.Restore";
  private static final String RESTART = "io.headrace.Restart";

  @TempDir Path directory;

  private static Job sums(MapFunction<Long, Long> function, HookedSink sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
            .map(function)
            .as(Long.class)
            .keyBy(number -> number % 7)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .map(change -> change.value())
            .as(Long.class)
            .filter(sum -> false)
            .sink("out", sink);
  }

  private static Job sums() {
    return sums(number -> number, new HookedSink(step -> {}));
  }

  private Settings settings() {
    return Settings.in(directory.resolve("state"))
        .parallelism(1)
        .checkpointInterval(Duration.ofHours(1))
        .withRestarts(RestartStrategy.fixedDelay(1, Duration.ZERO));
  }

  /** Something to be recorded. */
  @FunctionalInterface
  private interface Recorded {
    void run() throws Exception;
  }

  /** The events of ours in what is done, in the order of their ends. */
  private List<RecordedEvent> events(Recorded what) throws Exception {
    Path file = directory.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      List.of(CHECKPOINT, RESTORE, RESTART).forEach(recording::enable);
      recording.start();
      what.run();
      recording.stop();
      recording.dump(file);
    }
    return read(file);
  }

  private static List<RecordedEvent> read(Path file) throws IOException {
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().startsWith("io.headrace."))
        .sorted((one, other) -> one.getEndTime().compareTo(other.getEndTime()))
        .toList();
  }

  private static String name(RecordedEvent event) {
    return event.getEventType().getName();
  }

  @Test
  @Tag("AB-17")
  void eachCheckpointIsAnEventWithWhatItTookAndHolds() throws Exception {
    List<CheckpointStatus> statuses = new ArrayList<>();
    List<RecordedEvent> events =
        events(
            () -> {
              try (Run run = Headrace.start(sums(), settings())) {
                run.checkpoint().join();
                run.stop();
                statuses.addAll(run.status().checkpoints());
              }
            });

    assertThat(events).hasSize(2).allMatch(event -> name(event).equals(CHECKPOINT));
    assertThat(events)
        .extracting(event -> event.getString("kind"))
        .containsExactly("requested", "last");
    for (int i = 0; i < events.size(); i++) {
      RecordedEvent event = events.get(i);
      CheckpointStatus status = statuses.get(i);
      assertThat(event.getLong("checkpoint")).isEqualTo(status.id().value());
      assertThat(event.getString("job")).isEqualTo("job");
      assertThat(event.getString("outcome")).isEqualTo("complete");
      assertThat(event.getString("failure")).isEmpty();
      assertThat(event.getLong("bytes")).isEqualTo(status.bytes()).isPositive();
      assertThat(event.getLong("entries")).isEqualTo(status.entries()).isPositive();
      assertThat(event.getDuration("write")).isEqualTo(status.phases().write()).isPositive();
      assertThat(event.getDuration("alignment")).isEqualTo(status.phases().alignment());
      assertThat(event.getDuration()).isGreaterThan(status.phases().write());
    }
  }

  @Test
  @Tag("AB-17")
  void aCheckpointThatFailsSaysWhy() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.MAKE_DURABLE) {
                gate.await();
              }
            });
    Settings hasty =
        settings()
            .withCheckpoints(
                CheckpointSettings.defaults()
                    .interval(Duration.ofHours(1))
                    .timeout(Duration.ofMillis(100)));
    List<RecordedEvent> events =
        events(
            () -> {
              try (Run run = Headrace.start(sums(number -> number, sink), hasty)) {
                run.checkpoint().handle((id, failure) -> id).join();
                gate.countDown();
              }
            });

    assertThat(events.get(0).getString("outcome")).isEqualTo("failed");
    assertThat(events.get(0).getString("failure")).contains("it took longer than 100 ms");
  }

  private static Job endless(HookedSink sink) {
    return pipeline ->
        pipeline
            .source(
                "numbers",
                Sources.paced(Sources.generate(Long.class, Long.MAX_VALUE, index -> index), 10_000))
            .sink("out", sink);
  }

  @Test
  @Tag("AB-17")
  void aCheckpointThatIsNotCommittedAndOneThatEndsWithTheRunAreEventsToo() throws Exception {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch isEnding = new CountDownLatch(1);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.COMMIT && isFirst.getAndSet(false)) {
                throw new IllegalStateException("the outside is full");
              } else if (step == Step.MAKE_DURABLE && !isFirst.get()) {
                isWriting.countDown();
                isEnding.await();
              }
            });
    List<RecordedEvent> events =
        events(
            () -> {
              try (Run run = Headrace.start(endless(sink), settings())) {
                while (run.status().records() == 0) {
                  LockSupport.parkNanos(1_000);
                }
                CompletableFuture<CheckpointId> notCommitted = run.checkpoint();
                while (run.status().restarts() == 0 || !run.isReady()) {
                  LockSupport.parkNanos(1_000);
                }
                CompletableFuture<CheckpointId> notComplete = run.checkpoint();
                isWriting.await();
                run.cancel();
                isEnding.countDown();
                assertThatThrownBy(notCommitted::join).hasMessageContaining("is full");
                assertThatThrownBy(notComplete::join).hasMessageContaining("ended before");
              }
            });

    assertThat(events)
        .filteredOn(event -> name(event).equals(CHECKPOINT))
        .hasSize(2)
        .allMatch(event -> event.getString("outcome").equals("failed"))
        .extracting(event -> event.getString("failure"))
        .satisfiesExactly(
            failure -> assertThat(failure).contains("it is complete on disk", "is full"),
            failure -> assertThat(failure).contains("the run ended before it was complete"));
  }

  @Test
  void aRestartAndTheRestoreAfterItAreEvents() throws Exception {
    AtomicBoolean isToFail = new AtomicBoolean();
    MapFunction<Long, Long> failingOnce =
        number -> {
          if (isToFail.getAndSet(false)) {
            throw new IllegalStateException("once");
          }
          return number;
        };
    List<RecordedEvent> events =
        events(
            () -> {
              Job job = sums(failingOnce, new HookedSink(step -> {}));
              try (Run run = Headrace.start(job, settings())) {
                run.checkpoint().join();
                isToFail.set(true);
                while (run.status().restarts() == 0 || !run.isReady()) {
                  LockSupport.parkNanos(1_000);
                }
              }
            });

    assertThat(events)
        .extracting(FlightEventsTest::name)
        .containsExactly(CHECKPOINT, RESTART, RESTORE);
    RecordedEvent restart = events.get(1);
    assertThat(restart.getString("code")).isEqualTo("USER_FUNCTION_FAILED");
    assertThat(restart.getString("operator")).isEqualTo("map-1");
    assertThat(restart.getString("failure")).contains("once");
    RecordedEvent restore = events.get(2);
    assertThat(restore.getLong("checkpoint")).isEqualTo(events.get(0).getLong("checkpoint"));
    assertThat(restore.getLong("attempt")).isEqualTo(events.get(0).getLong("attempt") + 1);
    assertThat(restore.getLong("entries")).isEqualTo(events.get(0).getLong("entries"));
    assertThat(restore.getLong("bytes")).isEqualTo(events.get(0).getLong("bytes"));
    assertThat(restore.getString("failure")).isEmpty();
    assertThat(restore.getDuration()).isPositive();
  }

  @Test
  @Tag("R29")
  void aJvmWithoutFlightRecorderRunsJobsAllTheSame() throws Exception {
    Process child =
        ChildJob.start(
            ChildJob.class,
            List.of("--limit-modules", "java.base,java.logging,java.management,jdk.unsupported"),
            List.of(directory.toString(), "1000", "1e9"));

    assertThat(ChildJob.said(child)).contains("Finished[]").doesNotContain("jdk/jfr");
    assertThat(child.waitFor()).isZero();
  }
}
