package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.Context;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.ValueState;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.ManualHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What is thrown on threads that block, and by those who are called back, fails the checkpoint or
 * the attempt and is told; nobody waits for an answer in vain.
 */
@Tag("FAULT-18")
@Timeout(60)
class AsyncFailuresTest {

  private static final int COUNT = 1_000;

  @TempDir Path directory;

  private Settings settings(int restarts) {
    return Settings.in(directory)
        .parallelism(1)
        .workers(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.fixedDelay(restarts, Duration.ofMillis(1)));
  }

  private static Job sums(HookedSink sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
            .keyBy(number -> number)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .map(change -> change.value())
            .as(Long.class)
            .sink("out", sink);
  }

  private static void assertAll(HookedSink sink) {
    assertThat(sink.values()).hasSize(COUNT).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource(names = "CLOSE", mode = EnumSource.Mode.EXCLUDE)
  void whatASinkThrowsEndsTheAttemptIsToldAndDoneAgain(Step where) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == where && isFirst.getAndSet(false)) {
                throw new IOException("it throws once");
              }
            });

    try (Run run = Headrace.start(sums(sink), settings(1))) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);

      assertThat(run.status().restarts()).isEqualTo(1);
      assertThat(run.status().lastFailure().orElseThrow())
          .isInstanceOf(HeadraceException.class)
          .hasMessageContaining("it throws once");
    }
    assertAll(sink);
  }

  @ParameterizedTest
  @EnumSource
  void whatTheStorageThrowsCostsTheCheckpointOrTheAttemptAndIsTold(HookedStorage.Step where) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedSink sink = new HookedSink(step -> {});
    HookedStorage.Hook hook =
        step -> {
          if (step == where && isFirst.getAndSet(false)) {
            throw new IOException("it throws once");
          }
        };
    ManualHost host = new ManualHost();

    ManualRun run =
        ManualRun.start(host, sums(sink), settings(1), storage -> new HookedStorage(storage, hook));
    while (run.outcomes().isEmpty()) {
      run.step(Duration.ofMillis(10));
    }

    assertThat(run.end().kind()).isEqualTo(Outcome.Kind.FINISHED);
    assertThat(run.status().givenUp()).isEqualTo(1);
    assertThat(run.status().checkpoints().get(0).failure().orElseThrow())
        .contains("it throws once");
    boolean isOfTheAttempt = where == HookedStorage.Step.MARK;
    assertThat(run.status().lastFailure().isPresent()).isEqualTo(isOfTheAttempt);
    assertAll(sink);
  }

  @Test
  void whatABlockingOperatorThrowsEndsTheAttemptAndIsTold() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    CollectingSink<Long> sink = Sinks.collect();
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
                .map(
                    number -> {
                      if (number == 500 && isFirst.getAndSet(false)) {
                        throw new IOException("it throws once");
                      }
                      return number;
                    })
                .as(Long.class)
                .blocking()
                .sink("out", sink);

    try (Run run = Headrace.start(job, settings(1))) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);

      assertThat(run.status().lastFailure().orElseThrow())
          .hasMessageContaining("map-1")
          .hasMessageContaining("it throws once");
    }
    assertThat(sink.values()).hasSize(COUNT).doesNotHaveDuplicates();
  }

  /** A value of a state that does not let itself be made. */
  private record Total(long sum) {

    private static volatile Runnable whenMade = () -> {};

    Total {
      if (sum == COUNT - 1) {
        whenMade.run();
      }
    }
  }

  private static final class Totals implements KeyedProcess<Long, Long, Void> {

    private final ValueState<Total> total;

    Totals(States states) {
      total = states.value("total", Total.class, new Total(0));
    }

    @Override
    public void process(Long number, Context<Long, Void> now) {
      total.set(new Total(total.get().sum() + number));
    }
  }

  private static Job totals() {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
            .keyBy(number -> number)
            .process("totals", Totals::new);
  }

  @Test
  void whatIsThrownWhileStateIsReadIsToldAndTheStateIsReadAgain() {
    Headrace.run(totals(), settings(0));
    AtomicBoolean isFirst = new AtomicBoolean(true);
    Total.whenMade =
        () -> {
          if (isFirst.getAndSet(false)) {
            throw new IllegalStateException("it throws once");
          }
        };

    try (Run run = Headrace.start(totals(), settings(1))) {
      // Whether damage is suspected or not, it is told; and nothing is lost.
      assertThatThrownBy(run::await).hasStackTraceContaining("it throws once");
    } finally {
      Total.whenMade = () -> {};
    }
    Headrace.run(totals(), settings(0));
  }

  @Test
  @Tag("FAULT-21")
  void aConstructorThatBlocksWhileStateIsReadIsInterruptedWhenTheRunIsCancelled()
      throws InterruptedException {
    Headrace.run(totals(), settings(0));
    CountDownLatch isIn = new CountDownLatch(1);
    CountDownLatch wasInterrupted = new CountDownLatch(1);
    Total.whenMade =
        () -> {
          isIn.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException expected) {
            wasInterrupted.countDown();
            throw new IllegalStateException(expected);
          }
        };

    try (Run run = Headrace.start(totals(), settings(0))) {
      isIn.await();
      run.cancel();

      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
      assertThat(wasInterrupted.getCount()).isZero();
    } finally {
      Total.whenMade = () -> {};
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "TRIGGERED",
        "SETTING_ASIDE",
        "SET_ASIDE",
        "WRITING",
        "WRITTEN",
        "ALL_WRITTEN",
        "COMPLETE",
        "COMMITTING",
        "SINK_COMMITTING",
        "SINK_COMMITTED",
        "DONE"
      })
  void whatIsThrownAtAStepOfACheckpointIsToldAndWhoAskedForItHasAnAnswer(CheckpointStep where)
      throws Exception {
    AtomicBoolean isToThrow = new AtomicBoolean();
    Job endless =
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.paced(
                        Sources.generate(Long.class, Long.MAX_VALUE / 4, index -> index), 10_000))
                .sink("out", new HookedSink(step -> {}));

    try (Run run =
        ListenedRun.start(
            endless,
            settings(100),
            (self, step, who, checkpoint) -> {
              if (step == where && isToThrow.getAndSet(false)) {
                throw new IllegalStateException("it throws once");
              }
            })) {
      while (run.status().records() == 0) {
        LockSupport.parkNanos(1_000);
      }
      isToThrow.set(true);
      CompletableFuture<CheckpointId> asked = run.checkpoint();
      var unused = asked.handle((id, failure) -> "answered").get(30, TimeUnit.SECONDS);
      while (isTold(run.status())) {
        LockSupport.parkNanos(1_000);
      }
      run.cancel();
      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    }
  }

  private static boolean isTold(RunStatus status) {
    return status.lastFailure().isEmpty() && status.givenUp() == 0;
  }

  /** Whatever the coordinator was about to do when the clock broke. */
  @Test
  void whoAskedForACheckpointHasAnAnswerWhicheverLookAtTheClockThrows() {
    boolean hasBroken = true;
    for (int looks = 0; hasBroken; looks++) {
      ManualHost host = new ManualHost();
      HookedSink sink = new HookedSink(step -> {});
      Settings own = Settings.in(directory.resolve("after-" + looks)).parallelism(1);
      ManualRun run = ManualRun.start(host, sums(sink), own);
      CompletableFuture<CheckpointId> asked = run.coordinator().checkpoint();

      host.breakClock(looks, new AssertionError("the clock is broken"));
      run.end();
      run.step(Duration.ZERO);

      hasBroken = !host.isClockToBreak();
      assertThat(asked).describedAs("after %s looks", looks).isDone();
    }
  }
}
