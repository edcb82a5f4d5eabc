package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointSettings;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints that somebody asks for. */
@Timeout(60)
class CheckpointOnDemandTest {

  @TempDir Path directory;

  /** Takes no checkpoint by itself before its end. */
  private Settings never() {
    return Settings.in(directory)
        .parallelism(1)
        .checkpointInterval(Duration.ofDays(1))
        .withRestarts(RestartStrategy.none());
  }

  /** Emits some values, and no other for a minute and more. */
  private static Job idle(Sink<Long, String> sink) {
    return pipeline ->
        pipeline
            .source(
                "numbers", Sources.paced(Sources.generate(Long.class, 1_000, index -> index), 0.01))
            .sink("out", sink);
  }

  private static void assertFails(CompletableFuture<CheckpointId> request, ErrorCode code) {
    assertThatThrownBy(request::get)
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            HeadraceException.class, named -> assertThat(named.code()).isEqualTo(code));
  }

  @Test
  void oneAskedForWhileTheJobStartsAndOneWhileItIsIdleAreTakenAtOnce() throws Exception {
    CollectingSink<Long> sink = Sinks.collect();

    try (Run run = Headrace.start(idle(sink), never())) {
      CheckpointId first = run.checkpoint().get();
      while (run.status().records() == 0) {
        LockSupport.parkNanos(1_000);
      }
      CheckpointId ofAll = run.checkpoint().get();
      CheckpointId again = run.checkpoint().get();

      assertThat(ofAll).isEqualTo(first.next());
      assertThat(again).isEqualTo(ofAll.next());
      assertThat(run.status().lastComplete().orElseThrow().id()).isEqualTo(again);
    }
  }

  @Test
  void whatWasReadBeforeItIsCommittedWhenItIsComplete() throws Exception {
    CollectingSink<Long> sink = Sinks.collect();

    try (Run run = Headrace.start(idle(sink), never())) {
      while (run.status().records() == 0) {
        LockSupport.parkNanos(1_000);
      }
      run.checkpoint().get();

      assertThat(sink.values()).hasSize((int) run.status().records());
    }
  }

  @Test
  void oneThatIsGivenUpFailsAndSaysWhy() {
    CountDownLatch gate = new CountDownLatch(1);
    Settings hasty =
        never()
            .withCheckpoints(
                CheckpointSettings.defaults()
                    .interval(Duration.ofDays(1))
                    .timeout(Duration.ofMillis(20)));

    try (Run run = Headrace.start(idle(new GatedSink<>(gate)), hasty)) {
      CompletableFuture<CheckpointId> request = run.checkpoint();

      assertFails(request, ErrorCode.CHECKPOINT_FAILED);
      assertThatThrownBy(request::get).hasMessageContaining("it took longer than 20 ms");
      gate.countDown();
    }
  }

  @Test
  void oneThatIsNotCompleteWhenTheRunEndsFails() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    GatedSink<Long> sink = new GatedSink<>(gate);

    try (Run run = Headrace.start(idle(sink), never())) {
      CompletableFuture<CheckpointId> begun = run.checkpoint();
      sink.awaitReached();
      CompletableFuture<CheckpointId> waiting = run.checkpoint();
      run.cancel();

      assertFails(begun, ErrorCode.JOB_ENDED);
      gate.countDown();
      assertFails(waiting, ErrorCode.JOB_ENDED);
      run.await();
      assertFails(run.checkpoint(), ErrorCode.JOB_ENDED);
    }
  }

  @Test
  void oneWhoseTransactionsCannotBeCommittedFailsWithTheAttempt() {
    Runnable refusal =
        () -> {
          throw new IllegalStateException("the outside is full");
        };

    try (Run run = Headrace.start(idle(new GatedSink<>(new CountDownLatch(0), refusal)), never())) {
      CompletableFuture<CheckpointId> request = run.checkpoint();

      assertFails(request, ErrorCode.CHECKPOINT_FAILED);
      assertThatThrownBy(request::get).hasMessageContaining("the outside is full");
    }
  }
}
