package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.task.CheckpointStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ends of runs that meet checkpoints, and mistakes that meet the coordinator. */
@Timeout(60)
class ClosingTest {

  private static final int COUNT = 200_000;

  /** So that a checkpoint holds less than {@link #COUNT}. */
  private static final double PER_SECOND = 500_000;

  @TempDir Path directory;

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(2)
        .workers(2)
        .checkpointInterval(Duration.ofMillis(2))
        .withRestarts(RestartStrategy.none());
  }

  private static Job sums(long count, CollectingSink<KeyValue<Long, Long>> sink) {
    return pipeline ->
        pipeline
            .source(
                "numbers",
                Sources.paced(
                    Sources.generate(Long.class, count, index -> index).splits(2), PER_SECOND))
            .keyBy(number -> number % 100)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .sink("out", sink);
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointStep.class,
      names = {"ALIGNING", "TRIGGERED_LAST", "GIVEN_UP", "RESTORING", "RESTORED"},
      mode = EnumSource.Mode.EXCLUDE)
  @Tag("FAULT-24")
  void aRunThatIsCancelledAtAnyStepOfACheckpointIsGoneOnWith(CheckpointStep at) {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();
    AtomicBoolean isCancelled = new AtomicBoolean();

    try (Run run =
        ListenedRun.start(
            sums(Long.MAX_VALUE / 4, sink),
            settings(),
            (self, step, who, checkpoint) -> {
              if (step == at && checkpoint.value() == 3 && !isCancelled.getAndSet(true)) {
                self.cancel();
              }
            })) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    }
    int before = sink.values().size();
    try (Run again = Headrace.start(sums(before + COUNT, sink), settings())) {
      assertThat(again.await()).isEqualTo(Outcome.Kind.FINISHED);
    }

    assertThat(sink.values()).hasSize(before + COUNT);
    assertThat(last(sink.values())).isEqualTo(expected(before + COUNT));
  }

  private static Map<Long, Long> last(List<KeyValue<Long, Long>> values) {
    Map<Long, Long> last = new ConcurrentHashMap<>();
    values.forEach(value -> last.merge(value.key(), value.value(), Math::max));
    return last;
  }

  private static Map<Long, Long> expected(int count) {
    Map<Long, Long> sums = new ConcurrentHashMap<>();
    IntStream.range(0, count).forEach(n -> sums.merge(n % 100L, (long) n, Long::sum));
    return sums;
  }

  @Test
  @Tag("FAULT-24")
  void closingWaitsForACheckpointThatIsBeingWritten() throws InterruptedException {
    CountDownLatch isWriting = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    List<String> order = new CopyOnWriteArrayList<>();
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == HookedSink.Step.MAKE_DURABLE) {
                isWriting.countDown();
                mayGoOn.await();
                order.add("written");
              } else if (step == HookedSink.Step.CLOSE) {
                order.add("closed");
              }
            });
    Job job =
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.paced(
                        Sources.generate(Long.class, Long.MAX_VALUE, index -> index), PER_SECOND))
                .sink("out", sink);

    Run run = Headrace.start(job, settings().parallelism(1));
    isWriting.await();
    run.cancel();
    assertThat(run.await(Duration.ofMillis(50))).isFalse();
    mayGoOn.countDown();
    run.close();

    assertThat(order).containsExactly("written", "closed");
  }

  @Test
  @Tag("FAULT-24")
  void aRunMayBeClosedAtOnceOftenAndByMany() {
    for (int i = 0; i < 20; i++) {
      Run run = Headrace.start(sums(Long.MAX_VALUE, Sinks.collect()), settings());
      IntStream.range(0, 4).parallel().forEach(any -> run.close());
      run.close();
      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CheckpointStep.class,
      names = {"TRIGGERED", "ALL_WRITTEN", "COMPLETE", "SET_ASIDE", "WRITING", "DONE"})
  @Tag("FAULT-20")
  void noMemoryForTheEngineItselfEndsTheRun(CheckpointStep at) {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();
    AtomicBoolean hasThrown = new AtomicBoolean();

    try (Run run =
        ListenedRun.start(
            sums(Long.MAX_VALUE / 4, sink),
            settings(),
            (self, step, who, checkpoint) -> {
              if (step == at && checkpoint.value() >= 3 && !hasThrown.getAndSet(true)) {
                throw new OutOfMemoryError("Java heap space");
              }
            })) {
      assertThat(run.await(Duration.ofSeconds(30))).describedAs("ended: %s", run.status()).isTrue();
      assertThat(run.status().lastFailure().orElseThrow())
          .isInstanceOf(HeadraceException.class)
          .extracting(error -> ((HeadraceException) error).code())
          .isEqualTo(ErrorCode.OUT_OF_MEMORY);
    }
    int before = sink.values().size();
    try (Run again = Headrace.start(sums(before + COUNT, sink), settings())) {
      again.await();
    }
    assertThat(sink.values()).hasSize(before + COUNT);
  }

  @Test
  @Tag("FAULT-19")
  void noCheckpointThatATaskTakesPartInAfterAnErrorIsComplete() {
    AtomicBoolean hasThrown = new AtomicBoolean();
    List<Long> setAside = new CopyOnWriteArrayList<>();
    List<Long> complete = new CopyOnWriteArrayList<>();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
                .map(
                    number -> {
                      if (complete.size() > 2) {
                        hasThrown.set(true);
                        throw new AssertionError("it does not hold");
                      }
                      return number;
                    })
                .as(Long.class)
                .blocking()
                .keyBy(number -> number % 100)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", Sinks.collect());

    try (Run run =
        ListenedRun.start(
            job,
            settings().parallelism(1),
            (self, step, who, checkpoint) -> {
              if (step == CheckpointStep.SETTING_ASIDE && who.startsWith("map-1")) {
                assertThat(hasThrown).isFalse();
                setAside.add(checkpoint.value());
              } else if (step == CheckpointStep.COMPLETE) {
                complete.add(checkpoint.value());
              }
            })) {
      assertThat(run.await(Duration.ofSeconds(30))).isTrue();
    }

    assertThat(hasThrown).isTrue();
    assertThat(complete).isNotEmpty().isSubsetOf(setAside);
  }
}
