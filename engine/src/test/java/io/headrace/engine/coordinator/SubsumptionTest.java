package io.headrace.engine.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.KeyValue;
import io.headrace.api.Settings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.api.plan.Plan;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.task.StateFiles;
import io.headrace.engine.threads.ThreadHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A later checkpoint is complete while an earlier one is still being written. */
@Timeout(60)
@Tag("AB-7")
@Tag("AB-8")
class SubsumptionTest {

  private static final CheckpointId FIRST = new CheckpointId(1);

  @TempDir Path directory;

  private final ThreadHost host = new ThreadHost("subsumption", 2);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch firstIsWritten = new CountDownLatch(1);
  private final CollectingSink<KeyValue<Long, Long>> sink = Sinks.collect();

  /** Some values, then none for long; the state of "sums" is in a task without a sink. */
  private Plan plan() {
    return Plan.of(
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.paced(Sources.generate(Long.class, 1_000, index -> index), 0.01))
                .keyBy(number -> number)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .keyBy(change -> change.key())
                .aggregate("last", Long.class, 0L, (last, change) -> change.value())
                .sink("out", sink));
  }

  @Test
  void theLaterOneCommitsTheTransactionsOfBothAndTheEarlierOneIsDeletedWhenNobodyWritesToIt()
      throws Exception {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .withCheckpoints(
                CheckpointSettings.defaults().interval(Duration.ofDays(1)).maxConcurrent(2));
    Plan plan = plan();
    JobStorage storage =
        new GatedStorage(DirectoryStorage.open(directory, plan, settings, "a test"));
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    Coordinator coordinator =
        new Coordinator(
            Graph.of(plan, 1),
            settings,
            storage,
            new Surroundings(host, RunListener.NONE),
            ended::complete);
    coordinator.start();
    while (coordinator.status().records() == 0) {
      LockSupport.parkNanos(1_000);
    }

    CompletableFuture<CheckpointId> first = coordinator.checkpoint();
    firstIsWritten.await();
    CheckpointId second = coordinator.checkpoint().get();

    assertThat(first.get()).isEqualTo(second).isEqualTo(FIRST.next());
    assertThat(sink.values()).hasSize((int) coordinator.status().records());
    assertThat(coordinator.status().checkpoints())
        .extracting(CheckpointStatus::subsumedBy)
        .containsExactly(Optional.of(second), Optional.empty());
    assertThat(Files.exists(folder(FIRST))).isTrue();

    gate.countDown();
    coordinator.stop();
    assertThat(ended.get().kind()).isEqualTo(Outcome.Kind.STOPPED);
    assertThat(Files.exists(folder(FIRST))).isFalse();
    assertThat(coordinator.status().givenUp()).isZero();
  }

  @AfterEach
  void end() {
    gate.countDown();
    host.shutdown();
  }

  private Path folder(CheckpointId checkpoint) {
    return directory.resolve("checkpoints").resolve(checkpoint + "-1");
  }

  /** Writes the state of "sums" in the first checkpoint only when the gate is open. */
  private final class GatedStorage implements JobStorage {

    private final JobStorage storage;

    GatedStorage(JobStorage storage) {
      this.storage = storage;
    }

    @Override
    public StateFiles files(CheckpointId checkpoint) {
      StateFiles files = storage.files(checkpoint);
      return (task, operator, state) -> {
        if (checkpoint.equals(FIRST) && operator.equals("sums")) {
          firstIsWritten.countDown();
          awaitGate();
        }
        return files.write(task, operator, state);
      };
    }

    private void awaitGate() {
      try {
        gate.await();
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }

    @Override
    public StartPoint recover(long random) throws IOException {
      return storage.recover(random);
    }

    @Override
    public int progress() {
      return 0;
    }

    @Override
    public void begin(CheckpointId checkpoint) throws IOException {
      storage.begin(checkpoint);
    }

    @Override
    public void publish(CheckpointId checkpoint, List<Contribution> contributions)
        throws IOException {
      storage.publish(checkpoint, contributions);
    }

    @Override
    public void markCommitting(CheckpointId checkpoint, Set<String> sinks) throws IOException {
      storage.markCommitting(checkpoint, sinks);
    }

    @Override
    public void retain() {
      storage.retain();
    }

    @Override
    public void discard(CheckpointId checkpoint) throws IOException {
      storage.discard(checkpoint);
    }

    @Override
    public boolean isDurable() {
      return storage.isDurable();
    }

    @Override
    public void close() throws IOException {
      storage.close();
    }
  }
}
