package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.task.ManualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A sink that takes nothing for a long time. */
@Tag("FAULT-26")
@Timeout(60)
class BackpressureTest {

  private static final long COUNT = 100_000;
  private static final int WRITTEN_BEFORE = 1_000;
  private static final int MINUTES = 180;

  /** On each of two edges a batch in every place, and one at either end. */
  private static final int MOST_IN_FLIGHT = 2 * (2 + 2) * 256;

  @TempDir Path directory;

  private final List<Long> read = new ArrayList<>();
  private final List<RunState> states = new ArrayList<>();
  private @Nullable ManualRun started;

  private ManualRun run() {
    return Objects.requireNonNull(started);
  }

  /** For three hours, while everything else goes on. */
  private void takeNothing() {
    for (int minute = 0; minute < MINUTES; minute++) {
      run().step(Duration.ofMinutes(1));
      run().step(Duration.ZERO);
      read.add(run().status().records());
      states.add(run().state());
    }
  }

  @Test
  void whatIsInFlightStaysBoundedForHoursAndNothingIsLost() {
    int[] writes = {0};
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.WRITE && writes[0]++ == WRITTEN_BEFORE) {
                takeNothing();
              }
            });
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
                .map(number -> number)
                .as(Long.class)
                .blocking()
                .sink("out", sink);
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .withRestarts(RestartStrategy.none())
            .withCheckpoints(
                CheckpointSettings.defaults()
                    .interval(Duration.ofMinutes(1))
                    .timeout(Duration.ofMinutes(10)));

    started = ManualRun.start(new ManualHost(), job, settings);
    Outcome outcome = run().end();

    assertThat(read).hasSize(MINUTES);
    assertThat(read.get(MINUTES - 1)).isEqualTo(read.get(MINUTES / 2));
    assertThat(read.get(MINUTES - 1))
        .isBetween((long) WRITTEN_BEFORE, (long) WRITTEN_BEFORE + MOST_IN_FLIGHT);
    assertThat(states)
        .filteredOn(RunState.Degraded.class::isInstance)
        .hasSizeGreaterThan(MINUTES / 2);
    assertThat(run().status().checkpoints().stream().flatMap(each -> failure(each).stream()))
        .anyMatch(
            why -> why.contains("it took longer than 10 min") && why.contains("out #0 is WORKING"));
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FINISHED);
    assertThat(run().status().restarts()).isZero();
    assertThat(sink.values())
        .containsExactlyElementsOf(LongStream.range(0, COUNT).boxed().toList());
  }

  private static List<String> failure(CheckpointStatus status) {
    return status.failure().stream().toList();
  }
}
