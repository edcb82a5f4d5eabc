package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("KS-7")
@Tag("R9")
@Tag("RE-1")
@Tag("AB-16")
@Timeout(60)
class HeadraceTest {

  private static final int KEYS = 7;

  @TempDir Path directory;

  private static Job sums(long count, CollectingSink<KeyValue<Long, Long>> sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index).splits(3))
            .keyBy(number -> number % KEYS)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .sink("out", sink);
  }

  private static Map<Long, Long> last(List<KeyValue<Long, Long>> values) {
    Map<Long, Long> last = new HashMap<>();
    values.forEach(value -> last.merge(value.key(), value.value(), Math::max));
    return last;
  }

  private static Map<Long, Long> expected(long count) {
    Map<Long, Long> sums = new HashMap<>();
    LongStream.range(0, count).forEach(n -> sums.merge(n % KEYS, n, Long::sum));
    return sums;
  }

  @Test
  void aBoundedJobRunsToItsEndAndCommitsEverything() {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();

    Headrace.run(sums(100_000, sink), Settings.in(directory).parallelism(2));

    assertThat(sink.values()).hasSize(100_000);
    assertThat(last(sink.values())).isEqualTo(expected(100_000));
  }

  @Test
  void anEphemeralJobCommitsAtItsEnd() {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();

    Headrace.run(sums(1_000, sink), Settings.ephemeral());

    assertThat(sink.values()).hasSize(1_000);
  }

  @Test
  void aStatefulJobWithoutADirectoryIsRefused() {
    assertThatThrownBy(() -> Headrace.run(sums(1, Sinks.collect()), Settings.defaults()))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("no directory to keep it in")
        .extracting(error -> ((HeadraceException) error).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }

  @Test
  void aJobThatFinishedHasNothingMoreToDo() {
    Headrace.run(sums(1_000, Sinks.collect()), Settings.in(directory));
    CollectingSink<KeyValue<Long, Long>> again = Sinks.collect();

    Headrace.run(sums(1_000, again), Settings.in(directory));

    assertThat(again.values()).isEmpty();
  }

  @Test
  void aJobThatIsStoppedGoesOnWithAnotherParallelism() throws Exception {
    List<KeyValue<Long, Long>> all = new ArrayList<>();
    int[] parallelism = {2, 4, 1, 3};
    for (int tasks : parallelism) {
      CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();
      Settings settings =
          Settings.in(directory).parallelism(tasks).checkpointInterval(Duration.ofMillis(5));
      try (Run run = Headrace.start(sums(3_000_000, sink), settings)) {
        while (!run.isEnded() && run.status().lastComplete().isEmpty()) {
          LockSupport.parkNanos(1_000);
        }
        if (tasks == 3) {
          run.await();
        } else {
          run.stop();
        }
      }
      all.addAll(sink.values());
    }

    assertThat(all).hasSize(3_000_000);
    assertThat(last(all)).isEqualTo(expected(3_000_000));
  }

  @Test
  void aJobThatFailsStartsAgainFromItsLastCheckpoint() {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();
    AtomicBoolean hasFailed = new AtomicBoolean();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 500_000, index -> index).splits(2))
                .map(
                    number -> {
                      if (number > 400_000 && hasFailed.compareAndSet(false, true)) {
                        throw new IllegalStateException("once");
                      }
                      return number;
                    })
                .keyBy(number -> number % KEYS)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", sink);
    Settings settings =
        Settings.in(directory)
            .parallelism(2)
            .checkpointInterval(Duration.ofMillis(5))
            .withRestarts(RestartStrategy.fixedDelay(3, Duration.ofMillis(1)));

    try (Run run = Headrace.start(job, settings)) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);
      assertThat(run.status().restarts()).isEqualTo(1);
    }

    assertThat(sink.values()).hasSize(500_000);
    assertThat(last(sink.values())).isEqualTo(expected(500_000));
  }

  @Test
  void aJobThatFailsForGoodSaysWhy() {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .<Long>map(
                    number -> {
                      throw new IllegalStateException("always");
                    })
                .as(Long.class)
                .sink("out", Sinks.print());

    assertThatThrownBy(
            () -> Headrace.run(job, Settings.in(directory).withRestarts(RestartStrategy.none())))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining(
            "Operator \"map-1\", in task \"numbers -> map-1 -> out #0\", failed on value #")
        .hasMessageContaining("its map function threw")
        .hasMessageContaining("always");
  }

  @Test
  void aSecondJobOnOneDirectoryIsRefusedAndToldWhoOwnsIt() {
    Job endless =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
                .sink("out", Sinks.collect());
    try (Run run = Headrace.start(endless, Settings.in(directory))) {
      assertThatThrownBy(() -> Headrace.start(endless, Settings.in(directory)))
          .isInstanceOf(HeadraceException.class)
          .hasMessageContaining(
              "in use by job \"job\" in process " + ProcessHandle.current().pid());
      assertThat(run.isEnded()).isFalse();
    }

    Headrace.start(endless, Settings.in(directory)).close();
  }
}
