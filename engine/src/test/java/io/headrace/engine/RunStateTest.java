package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.Context;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.States;
import io.headrace.api.ValueState;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunState.Degraded.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run is up to, as its listener hears it. */
@Timeout(60)
class RunStateTest {

  private static final RunState STARTING = new RunState.Starting();
  private static final RunState RUNNING = new RunState.Running();
  private static final RunState DRAINING = new RunState.Draining();

  @TempDir Path directory;

  private final List<RunState> states = new CopyOnWriteArrayList<>();

  private static Job sums(long count) {
    return sums(count, number -> {});
  }

  private static Job sums(long count, LongConsumer look) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index))
            .map(
                number -> {
                  look.accept(number);
                  return number;
                })
            .as(Long.class)
            .keyBy(number -> number % 20_000)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .sink("out", Sinks.collect());
  }

  private Settings settings(RestartStrategy restarts) {
    return Settings.in(directory)
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(restarts);
  }

  private Settings once() {
    return settings(RestartStrategy.none());
  }

  private void stopAfterACheckpoint(Settings settings) {
    try (Run run = Headrace.start(sums(Long.MAX_VALUE), settings, states::add)) {
      while (run.status().lastComplete().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }
  }

  @Test
  @Tag("R21")
  void aRunThatStartsEmptyStartsRunsAndFinishes() {
    Headrace.start(sums(1_000), once(), states::add).await();

    assertThat(states).containsExactly(STARTING, RUNNING, DRAINING, new RunState.Finished());
  }

  @Test
  @Tag("R21")
  void aRunThatIsStoppedDrainsFirst() {
    stopAfterACheckpoint(once());

    assertThat(states).containsExactly(STARTING, RUNNING, DRAINING, new RunState.Stopped());
  }

  @Test
  @Tag("R21")
  void aRunThatIsCancelledSaysSo() {
    Run run = Headrace.start(sums(Long.MAX_VALUE), once(), states::add);
    while (!run.isReady()) {
      LockSupport.parkNanos(1_000);
    }
    run.close();

    assertThat(states).containsExactly(STARTING, RUNNING, DRAINING, new RunState.Cancelled());
    assertThat(run.isReady()).isFalse();
    assertThat(run.isLive()).isTrue();
  }

  @Test
  @Tag("R21")
  void aRunIsNotReadyBeforeItsStateIsRestored() {
    stopAfterACheckpoint(once());
    states.clear();

    try (Run run = Headrace.start(sums(Long.MAX_VALUE), once(), states::add)) {
      while (!run.isReady()) {
        LockSupport.parkNanos(1_000);
      }
      assertThat(run.status().restoredFrom()).isPresent();
    }

    int running = states.indexOf(RUNNING);
    List<RunState> before = states.subList(0, running);
    assertThat(before.get(0)).isEqualTo(STARTING);
    assertThat(before.subList(1, running))
        .isNotEmpty()
        .allMatch(RunState.Restoring.class::isInstance);
    assertThat(
            before.subList(1, running).stream().map(each -> ((RunState.Restoring) each).percent()))
        .isSorted()
        .allMatch(percent -> percent >= 0 && percent <= 100);
    assertThat(before).noneMatch(RunState::isReady);
  }

  /** No value can be read before it is told that some have been found. */
  @Test
  @Tag("R21")
  void aRestoreTellsHowFarItIs() {
    Headrace.run(totals(), once());
    CountDownLatch isTold = new CountDownLatch(1);
    Total.gate = isTold;

    try {
      Headrace.start(
              totals(),
              once(),
              state -> {
                states.add(state);
                if (state instanceof RunState.Restoring restoring && restoring.percent() > 0) {
                  isTold.countDown();
                }
              })
          .await();
    } finally {
      Total.gate = new CountDownLatch(0);
    }

    assertThat(isTold.getCount()).isZero();
    assertThat(states)
        .filteredOn(RunState.Restoring.class::isInstance)
        .first()
        .satisfies(first -> assertThat(((RunState.Restoring) first).percent()).isBetween(0, 60));
  }

  @Test
  @Tag("R21")
  void aRunThatIsCancelledWhileStateIsReadDrainsAndReadsNoFurther() {
    Headrace.run(totals(), once());
    CountDownLatch isDraining = new CountDownLatch(1);
    Total.gate = isDraining;

    try (Run run =
        Headrace.start(
            totals(),
            once(),
            state -> {
              states.add(state);
              if (state instanceof RunState.Draining) {
                isDraining.countDown();
              }
            })) {
      run.cancel();

      assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    } finally {
      Total.gate = new CountDownLatch(0);
    }

    assertThat(states).endsWith(DRAINING, new RunState.Cancelled()).doesNotContain(RUNNING);
  }

  @Test
  @Tag("R21")
  void noMoreThanAllIsRestoredWhereOtherTasksReadTheSameFiles() {
    try (Run run = Headrace.start(sums(1_000), once().parallelism(1), states::add)) {
      run.await();
    }
    Headrace.start(sums(1_000), once().parallelism(4), states::add).await();

    assertThat(states)
        .filteredOn(RunState.Restoring.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            state -> assertThat(((RunState.Restoring) state).percent()).isLessThanOrEqualTo(100));
  }

  private static Job totals() {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, 100_000, index -> index))
            .keyBy(number -> number)
            .process("totals", Totals::new);
  }

  /** One of them cannot be read before a gate is open. */
  private record Total(long sum) {

    private static volatile CountDownLatch gate = new CountDownLatch(0);

    Total {
      if (sum == 99_999) {
        await(gate);
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

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  @Tag("R21")
  void aRunThatStartsAgainIsDegradedAndSaysWhenAndWhy() {
    AtomicBoolean hasFailed = new AtomicBoolean();
    RestartStrategy restarts = RestartStrategy.fixedDelay(3, Duration.ofMillis(10));

    Headrace.start(
            sums(
                1_000,
                number -> {
                  if (hasFailed.compareAndSet(false, true)) {
                    throw new IllegalStateException("once");
                  }
                }),
            settings(restarts),
            states::add)
        .await();

    assertThat(states)
        .startsWith(STARTING, RUNNING)
        .endsWith(STARTING, RUNNING, DRAINING, new RunState.Finished())
        .hasSize(7);
    RunState.Degraded degraded = (RunState.Degraded) states.get(2);
    assertThat(degraded.kind()).isEqualTo(Kind.RESTARTING);
    assertThat(degraded.reason()).startsWith("The job starts again at 20").contains("once");
    assertThat(degraded.isReady()).isFalse();
  }

  @Test
  @Tag("R21")
  void aRunThatFailsIsNotLive() {
    Run run =
        Headrace.start(
            sums(
                1_000,
                number -> {
                  throw new IllegalStateException("always");
                }),
            once(),
            states::add);

    assertThatThrownBy(run::await).hasMessageContaining("always");

    assertThat(states).hasSize(3).startsWith(STARTING, RUNNING);
    assertThat(((RunState.Failed) states.get(2)).cause())
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("always");
    assertThat(run.isLive()).isFalse();
    assertThat(run.status().state()).isEqualTo(states.get(2));
  }

  @Test
  @Tag("R21")
  void checkpointsThatFailDegradeARunThatStaysReady() {
    CountDownLatch gate = new CountDownLatch(1);
    Settings hasty =
        once()
            .withCheckpoints(
                CheckpointSettings.defaults()
                    .interval(Duration.ofMillis(5))
                    .timeout(Duration.ofMillis(20))
                    .retained(1));
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == HookedSink.Step.MAKE_DURABLE) {
                gate.await();
              }
            });
    Job job =
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.paced(
                        Sources.generate(Long.class, Long.MAX_VALUE, index -> index), 10_000))
                .sink("out", sink);
    Consumer<RunState> listener =
        state -> {
          states.add(state);
          if (state instanceof RunState.Degraded) {
            gate.countDown();
          }
        };

    try (Run run = Headrace.start(job, hasty, listener)) {
      while (run.status().lastComplete().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }

    RunState.Degraded degraded = firstDegraded();
    assertThat(degraded.kind()).isEqualTo(Kind.CHECKPOINTS_FAILING);
    assertThat(degraded.reason()).contains("it took longer than 20 ms");
    assertThat(degraded.isReady()).isTrue();
    assertThat(states.lastIndexOf(RUNNING)).isGreaterThan(states.indexOf(degraded));
  }

  private RunState.Degraded firstDegraded() {
    return states.stream()
        .filter(RunState.Degraded.class::isInstance)
        .map(RunState.Degraded.class::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  @Tag("R21")
  void aListenerIsCalledOnOneThreadAndMayThrowAndEndTheRun() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    CompletableFuture<Run> self = new CompletableFuture<>();

    Run run =
        Headrace.start(
            sums(Long.MAX_VALUE),
            once(),
            state -> {
              states.add(state);
              threads.add(Thread.currentThread().getName());
              if (state.equals(RUNNING)) {
                self.join().close();
              }
              throw new IllegalStateException("of the listener");
            });
    self.complete(run);
    run.await();

    assertThat(threads).containsExactly("headrace-job-states");
    assertThat(states).containsExactly(STARTING, RUNNING, DRAINING, new RunState.Cancelled());
  }
}
