package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.WatchdogSettings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunState.Degraded.Kind;
import io.headrace.engine.task.ManualHost;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls to sinks and to the storage that do not return, while everything else goes on. */
@Tag("FAULT-23")
@Timeout(60)
class HangingCallsTest {

  private static final int MOST_STEPS = 10_000;
  private static final int COUNT = 10;
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(100);

  @TempDir Path directory;

  private final ManualHost host = new ManualHost();
  private final List<RunState> states = new ArrayList<>();
  private @Nullable ManualRun started;

  private Settings settings(int restarts) {
    return Settings.in(directory)
        .parallelism(1)
        .withRestarts(RestartStrategy.fixedDelay(restarts, Duration.ZERO))
        .withWatchdog(WatchdogSettings.defaults().giveUpAfter(LIMIT));
  }

  private static Job job(HookedSink sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, COUNT, index -> index))
            .sink("out", sink);
  }

  private ManualRun start(HookedSink sink, int restarts) {
    ManualRun run = ManualRun.start(host, job(sink), settings(restarts));
    started = run;
    return run;
  }

  private ManualRun run() {
    return Objects.requireNonNull(started);
  }

  /** Does not return before something holds; meanwhile everything else goes on. */
  private void hangUntil(BooleanSupplier condition) {
    for (int step = 0; !condition.getAsBoolean(); step++) {
      if (step == MOST_STEPS) {
        throw new AssertionError("it does not come to that: " + run().status());
      }
      run().step(STEP);
      if (states.isEmpty() || !states.get(states.size() - 1).equals(run().state())) {
        states.add(run().state());
      }
    }
  }

  /** Does not return before it is interrupted. */
  private void hang() throws InterruptedException {
    int before = host.interrupts();
    hangUntil(() -> host.interrupts() > before);
    throw new InterruptedException();
  }

  /** Does not return, interrupted or not, before the run has told its outcome. */
  private void hangForGood() {
    hangUntil(() -> !run().outcomes().isEmpty());
  }

  private static HookedSink.Hook once(Step which, HookedSink.Hook hook) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    return step -> {
      if (step == which && isFirst.getAndSet(false)) {
        hook.before(step);
      }
    };
  }

  private static void assertAll(HookedSink sink) {
    assertThat(sink.values())
        .containsExactlyElementsOf(LongStream.range(0, COUNT).boxed().toList());
  }

  private static HeadraceException named(Throwable failure, ErrorCode code) {
    assertThat(failure).isInstanceOf(HeadraceException.class);
    assertThat(((HeadraceException) failure).code()).isEqualTo(code);
    return (HeadraceException) failure;
  }

  private RunState.Degraded degraded(Kind kind) {
    return states.stream()
        .filter(RunState.Degraded.class::isInstance)
        .map(RunState.Degraded.class::cast)
        .filter(state -> state.kind() == kind)
        .findFirst()
        .orElseThrow(() -> new AssertionError(states));
  }

  private Duration passed() {
    return Duration.ofNanos(host.nanoTime());
  }

  /** Another run takes the directory, and nothing is lost or twice. */
  private void nextRunEndsWithAll(HookedSink sink) {
    ManualRun next = ManualRun.start(new ManualHost(), job(sink), settings(0));
    assertThat(next.end().kind()).isEqualTo(Outcome.Kind.FINISHED);
    assertAll(sink);
  }

  private void assertIsTaken(HookedSink sink) {
    assertThatThrownBy(() -> Headrace.start(job(sink), settings(0)))
        .satisfies(refused -> named(refused, ErrorCode.DIRECTORY_OWNED));
  }

  @Test
  void aCommitThatHangsDegradesTheRunThenFailsTheAttemptAndIsDoneAgain() {
    HookedSink sink = new HookedSink(once(Step.COMMIT, step -> hang()));

    assertThat(start(sink, 1).end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    RunState.Degraded degraded = degraded(Kind.CALL_STUCK);
    assertThat(degraded.isReady()).isTrue();
    assertThat(degraded.reason())
        .startsWith(
            "The commit of sink \"out\" (1 transactions of checkpoint 1) has not returned since"
                + " 1970-01-01T00:00:00");
    assertThat(run().status().restarts()).isEqualTo(1);
    HeadraceException failure =
        named(run().status().lastFailure().orElseThrow(), ErrorCode.COMMIT_FAILED);
    assertThat(failure)
        .hasMessageContaining("The commit of sink \"out\" (1 transactions of checkpoint 1)")
        .hasMessageContaining("has not returned for 10")
        .hasMessageContaining("watchdog.give-up-after")
        .hasMessageContaining("HangingCallsTest.hang");
    assertThat(failure.operator()).contains("out");
    assertThat(passed()).isBetween(LIMIT, LIMIT.plusSeconds(1));
    assertAll(sink);
  }

  @Test
  void aCommitThatAlwaysHangsFailsTheJobWhenItsStrategyHasHadEnough() {
    AtomicBoolean hasCommitted = new AtomicBoolean();
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.COMMIT || step == Step.RECOVER && hasCommitted.get()) {
                hasCommitted.set(true);
                hang();
              }
            });

    Outcome outcome = start(sink, 2).end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(named(outcome.cause().orElseThrow(), ErrorCode.COMMIT_FAILED))
        .hasMessageContaining("The recovery of sink \"out\" (1 transactions of checkpoint 1)");
    assertThat(run().status().restarts()).isEqualTo(2);
    assertThat(run().status().complete()).isZero();
    assertThat(sink.values()).isEmpty();
    nextRunEndsWithAll(new HookedSink(sink.sink(), step -> {}));
  }

  @Test
  void aRecoveryThatHangsDegradesTheStartAndIsDoneAgain() throws Exception {
    HookedSink first = new HookedSink(once(Step.COMMIT, step -> hang()));
    assertThat(start(first, 0).end().kind()).isEqualTo(Outcome.Kind.FAILED);
    states.clear();
    HookedSink sink = new HookedSink(first.sink(), once(Step.RECOVER, step -> hang()));

    assertThat(start(sink, 1).end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    RunState.Degraded degraded = degraded(Kind.START_STUCK);
    assertThat(degraded.isReady()).isFalse();
    assertThat(degraded.reason())
        .startsWith("The recovery of sink \"out\" (1 transactions of checkpoint 1)");
    assertThat(run().status().restarts()).isEqualTo(1);
    assertAll(sink);
  }

  @Test
  void aPublishThatHangsFailsTheAttemptAndNoneBeginsBesideIt() {
    HookedSink sink = new HookedSink(step -> {});
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedStorage.Hook hook =
        step -> {
          if (step == HookedStorage.Step.PUBLISH && isFirst.getAndSet(false)) {
            hangUntil(() -> host.interrupts() > 0);
            long attempt = run().status().attempt();
            hangUntil(() -> passed().compareTo(LIMIT.plusSeconds(5)) > 0);
            assertThat(run().status().attempt()).isEqualTo(attempt);
            throw new InterruptedIOException();
          }
        };
    started =
        ManualRun.start(host, job(sink), settings(1), storage -> new HookedStorage(storage, hook));

    assertThat(run().end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    assertThat(degraded(Kind.CALL_STUCK).reason()).startsWith("The publishing of checkpoint 1 has");
    assertThat(named(run().status().lastFailure().orElseThrow(), ErrorCode.CHECKPOINT_FAILED))
        .hasMessageContaining("The publishing of checkpoint 1 has not returned for 10");
    assertThat(run().status().restarts()).isEqualTo(1);
    assertAll(sink);
  }

  /** What is complete too late is neither committed by the attempt that was given up nor lost. */
  @Test
  void aPublishThatIsDoneAfterItWasGivenUpIsCommittedByTheNextAttempt() {
    AtomicReference<Optional<CheckpointId>> restored = new AtomicReference<>(Optional.empty());
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.PREPARE) {
                restored.set(run().status().restoredFrom());
              }
              assertThat(step).isNotEqualTo(Step.COMMIT);
            });
    AtomicBoolean isFirst = new AtomicBoolean(true);
    HookedStorage.Hook hook =
        step -> {
          if (step == HookedStorage.Step.PUBLISH && isFirst.getAndSet(false)) {
            hangUntil(() -> host.interrupts() > 0);
          }
        };
    started =
        ManualRun.start(host, job(sink), settings(1), storage -> new HookedStorage(storage, hook));

    assertThat(run().end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    assertThat(restored.get()).contains(new CheckpointId(1));
    assertThat(run().status().checkpoints().get(0).failure().orElseThrow())
        .contains("it is complete on disk");
    assertAll(sink);
  }

  @Test
  void aCommitThatNeverReturnsEndsTheRunWhichKeepsItsDirectoryUntilItDoes() {
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  hangForGood();
                  assertThat(run().status().attempt()).isEqualTo(1);
                  assertThat(run().status().phase()).isEqualTo(RunPhase.TEARING_DOWN);
                  assertIsTaken(new HookedSink(any -> {}));
                }));
    start(sink, 5).until(() -> run().status().records() == COUNT);
    CompletableFuture<CheckpointId> asked = run().coordinator().checkpoint();

    Outcome outcome = run().end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    HeadraceException cause = named(outcome.cause().orElseThrow(), ErrorCode.COMMIT_FAILED);
    assertThat(cause)
        .hasMessageStartingWith("Job \"job\" was given up after it had been ending for 10 s")
        .hasMessageContaining("The commit of sink \"out\" (1 transactions of checkpoint 1)")
        .hasMessageContaining("its directory, if it has one, stays taken")
        .hasMessageContaining("HangingCallsTest.hangForGood");
    assertThat(cause.getSuppressed()).hasSize(1);
    assertThat(passed()).isLessThan(LIMIT.multipliedBy(2).plusSeconds(1));
    assertThat(asked).isCompletedExceptionally();
    assertThat(run().coordinator().checkpoint()).isCompletedExceptionally();

    run().until(() -> run().status().phase() == RunPhase.ENDED);
    assertThat(run().outcomes()).hasSize(1);
    assertThat(run().state()).isEqualTo(new RunState.Failed(cause));
    nextRunEndsWithAll(new HookedSink(sink.sink(), step -> {}));
  }

  @Test
  @Tag("R21")
  void aRunThatIsStoppedWhileACommitHangsEndsInTimeAndSaysSo() {
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  run().coordinator().stop();
                  hangForGood();
                }));

    Outcome outcome = start(sink, 5).end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    named(outcome.cause().orElseThrow(), ErrorCode.COMMIT_FAILED);
    assertThat(passed()).isLessThan(LIMIT.multipliedBy(2).plusSeconds(1));
  }

  @Test
  @Tag("R21")
  void aRunThatIsCancelledWhileACommitHangsInterruptsItSoonAndIsCancelled() {
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  run().coordinator().cancel();
                  hang();
                }));

    Outcome outcome = start(sink, 5).end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.CANCELLED);
    assertThat(passed()).isLessThan(LIMIT.dividedBy(5));
    nextRunEndsWithAll(new HookedSink(sink.sink(), step -> {}));
  }

  @Test
  @Tag("R21")
  void aRunThatIsCancelledWhileACommitNeverReturnsHasFailed() {
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  run().coordinator().cancel();
                  hangForGood();
                }));

    Outcome outcome = start(sink, 5).end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    assertThat(passed()).isLessThan(LIMIT.plusSeconds(1));
  }

  @Test
  @Tag("R21")
  void aRunThatIsCancelledWhileASinkRecoversEndsSoon() {
    HookedSink sink =
        new HookedSink(
            once(
                Step.RECOVER,
                step -> {
                  run().coordinator().cancel();
                  hang();
                }));

    assertThat(start(sink, 0).end().kind()).isEqualTo(Outcome.Kind.CANCELLED);
    assertThat(passed()).isLessThan(LIMIT.dividedBy(5));
  }

  @Test
  @Tag("R21")
  void aWriterWhoseCloseHangsIsInterruptedAndTheRunEnds() {
    HookedSink sink = new HookedSink(once(Step.CLOSE, step -> hang()));

    assertThat(start(sink, 0).end().kind()).isEqualTo(Outcome.Kind.FINISHED);
    assertThat(passed()).isLessThan(LIMIT.dividedBy(5));
    assertThat(run().status().lastFailure().orElseThrow())
        .hasCauseInstanceOf(InterruptedException.class);
    assertAll(sink);
  }

  @Test
  void aSnapshotThatHangsCostsTheCheckpointThenTheAttempt() {
    HookedSink sink = new HookedSink(once(Step.MAKE_DURABLE, step -> hang()));
    started =
        ManualRun.start(
            host,
            job(sink),
            settings(1).withCheckpoints(settings(1).checkpoints().timeout(Duration.ofSeconds(5))));

    assertThat(run().end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    assertThat(degraded(Kind.CALL_STUCK).reason())
        .startsWith("The write of task \"numbers -> out #0\" for checkpoint 1 has not returned");
    assertThat(run().status().checkpoints().get(0).failure().orElseThrow())
        .contains("it took longer than 5 s");
    assertThat(named(run().status().lastFailure().orElseThrow(), ErrorCode.OPERATOR_STUCK))
        .hasMessageStartingWith("The write of task \"numbers -> out #0\" for checkpoint 1 has not");
    assertThat(passed()).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(16));
    assertAll(sink);
  }

  /** The thread that hangs is interrupted, and nothing else is. */
  @Test
  void theThreadOfACommitThatHangsIsInterrupted() {
    AtomicInteger interrupted = new AtomicInteger();
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException expected) {
                    interrupted.incrementAndGet();
                    throw expected;
                  }
                }));
    Settings hasty =
        settings(100).withWatchdog(WatchdogSettings.defaults().giveUpAfter(Duration.ofSeconds(1)));

    try (Run run = Headrace.start(job(sink), hasty)) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);
    }

    assertThat(interrupted).hasValue(1);
    assertAll(sink);
  }

  /** Then a thread is left behind, and the directory with it, until it returns. */
  @Test
  @Tag("R21")
  void closingARunReturnsAlthoughACommitNeverDoes() throws Exception {
    CountDownLatch isIn = new CountDownLatch(1);
    CountDownLatch mayGo = new CountDownLatch(1);
    CompletableFuture<Thread> stuck = new CompletableFuture<>();
    HookedSink sink =
        new HookedSink(
            once(
                Step.COMMIT,
                step -> {
                  stuck.complete(Thread.currentThread());
                  isIn.countDown();
                  while (mayGo.getCount() > 0) {
                    LockSupport.parkNanos(1_000);
                  }
                }));
    Settings hasty =
        settings(5).withWatchdog(WatchdogSettings.defaults().giveUpAfter(Duration.ofMillis(200)));

    Run run = Headrace.start(job(sink), hasty);
    isIn.await();
    run.close();

    assertThatThrownBy(run::await).hasMessageContaining("was given up");
    assertThat(run.isLive()).isFalse();
    assertThat(stuck.join().isAlive()).isTrue();
    assertIsTaken(sink);
    mayGo.countDown();
    while (run.status().phase() != RunPhase.ENDED) {
      LockSupport.parkNanos(1_000);
    }
    nextRunEndsWithAll(new HookedSink(sink.sink(), step -> {}));
  }
}
