package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.task.Activity;
import io.headrace.engine.task.CheckpointStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** State that fits into its memory, but not together with the copies that a checkpoint needs. */
@Timeout(60)
class MemoryWaitTest {

  private static final long KEYS = 100_000;

  @TempDir Path directory;

  @Test
  @Tag("FAULT-20")
  void aTaskWaitsForACheckpointToBeWrittenRatherThanFailForTheCopies() {
    CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10 * KEYS, index -> index))
                .keyBy(number -> number % KEYS)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .filter(sum -> sum.key() == 0)
                .sink("out", sink);
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .workers(2)
            .stateBytes(4_700_000)
            .checkpointInterval(Duration.ofMillis(20))
            .withRestarts(RestartStrategy.none());

    try (Run run =
        ListenedRun.start(
            job,
            settings,
            (self, step, who, checkpoint) -> {
              if (step == CheckpointStep.WRITING && who.startsWith("sums")) {
                awaitWaiting(self);
              }
            })) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);
    }
    assertThat(sink.values()).hasSize(10);
  }

  /** Writes state only when the task waits for it, or has nothing more to do. */
  private static void awaitWaiting(Run run) {
    while (run.status().tasks().stream()
        .filter(task -> task.id().operators().startsWith("sums"))
        .map(task -> task.activity())
        .noneMatch(at -> at == Activity.WAITING_FOR_MEMORY || at == Activity.FINISHED)) {
      if (run.status().lastFailure().isPresent()) {
        return;
      }
      LockSupport.parkNanos(1_000);
    }
  }
}
