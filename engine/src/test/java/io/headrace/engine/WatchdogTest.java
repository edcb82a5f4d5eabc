package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.WatchdogSettings;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunState.Degraded.Kind;
import io.headrace.engine.task.ManualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Operators that hold their worker too long. */
@Timeout(60)
class WatchdogTest {

  private static final WatchdogSettings STRICT =
      WatchdogSettings.defaults().warnAfter(Duration.ofMillis(20));

  @TempDir Path directory;

  private final CountDownLatch isIn = new CountDownLatch(1);
  private final CountDownLatch mayGo = new CountDownLatch(1);

  private Settings settings(WatchdogSettings watchdog) {
    return Settings.in(directory)
        .parallelism(1)
        .workers(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)))
        .withWatchdog(watchdog);
  }

  private static Job mapped(MapFunction<Long, Long> function, CollectingSink<Long> sink) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
            .map(function)
            .as(Long.class)
            .sink("out", sink);
  }

  private Long stick(Long number) throws InterruptedException {
    isIn.countDown();
    mayGo.await();
    return number;
  }

  private static void await(Run run, Predicate<RunState> wanted) {
    while (!wanted.test(run.state())) {
      LockSupport.parkNanos(1_000);
    }
  }

  private static boolean isStuck(RunState state) {
    return state instanceof RunState.Degraded degraded && degraded.kind() == Kind.OPERATOR_STUCK;
  }

  @Test
  @Tag("R21")
  @Tag("FAULT-22")
  void aStuckOperatorIsNamedAndTheRunIsDegradedUntilItGoesOn() {
    CollectingSink<Long> sink = Sinks.collect();

    try (Run run = Headrace.start(mapped(this::stick, sink), settings(STRICT))) {
      await(run, WatchdogTest::isStuck);

      assertThat(((RunState.Degraded) run.state()).reason())
          .startsWith("Task \"numbers -> map-1 -> out #0\" has not returned since 20");
      assertThat(run.isReady()).isTrue();
      assertThat(run.isLive()).isFalse();

      mayGo.countDown();
      await(run, state -> !isStuck(state));
      assertThat(run.isLive()).isTrue();
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);
    }
    assertThat(sink.values()).hasSize(1_000);
  }

  @Test
  @Tag("FAULT-22")
  void anOperatorThatIsStuckForTooLongFailsTheAttempt() {
    CollectingSink<Long> sink = Sinks.collect();
    AtomicBoolean hasStuck = new AtomicBoolean();
    MapFunction<Long, Long> onceStuck =
        number -> hasStuck.compareAndSet(false, true) ? stick(number) : number;

    try (Run run =
        Headrace.start(
            mapped(onceStuck, sink), settings(STRICT.failAfter(Duration.ofMillis(40))))) {
      assertThat(run.await()).isEqualTo(Outcome.Kind.FINISHED);

      assertThat(run.status().restarts()).isEqualTo(1);
      assertThat(run.status().lastFailure().orElseThrow())
          .isInstanceOf(HeadraceException.class)
          .hasMessageContaining("numbers -> map-1 -> out #0")
          .hasMessageContaining("WatchdogTest.stick")
          .extracting(error -> ((HeadraceException) error).code())
          .isEqualTo(ErrorCode.OPERATOR_STUCK);
    }
    assertThat(sink.values()).hasSize(1_000).doesNotHaveDuplicates();
  }

  /** The second is stuck within the call of the first, and goes on while the attempt ends. */
  @Test
  @Tag("FAULT-22")
  void eachOperatorThatIsStuckForTooLongIsToldOnce() {
    ManualHost host = new ManualHost();
    Job job =
        pipeline -> {
          pipeline
              .source("first", Sources.generate(Long.class, 1_000, index -> index))
              .map(stuckOnce(host, 80))
              .as(Long.class)
              .sink("one", Sinks.collect());
          pipeline
              .source("second", Sources.generate(Long.class, 1_000, index -> index))
              .map(stuckOnce(host, 60))
              .as(Long.class)
              .sink("two", Sinks.collect());
        };

    ManualRun run =
        ManualRun.start(
            host,
            job,
            Settings.ephemeral()
                .parallelism(1)
                .withWatchdog(STRICT.failAfter(Duration.ofMillis(40))));

    assertStuck(run.end().cause().orElseThrow(), "first");
    assertThat(run.status().lastFailure().orElseThrow().getSuppressed())
        .singleElement()
        .satisfies(second -> assertStuck(second, "second"));
  }

  /** Does not return for so many milliseconds when it is first called, while all others go on. */
  private static MapFunction<Long, Long> stuckOnce(ManualHost host, int millis) {
    AtomicBoolean hasStuck = new AtomicBoolean();
    return number -> {
      boolean isFirst = hasStuck.compareAndSet(false, true);
      for (int passed = 0; isFirst && passed < millis; passed += 5) {
        host.pass(Duration.ofMillis(5));
        host.step();
      }
      return number;
    };
  }

  private static void assertStuck(Throwable failure, String operator) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            named -> assertThat(named.code()).isEqualTo(ErrorCode.OPERATOR_STUCK))
        .hasMessageStartingWith("Task \"" + operator);
  }

  @Test
  @Tag("FAULT-22")
  void aBlockingOperatorIsStuckOnlyWhenItFailsTheAttempt() {
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
                .map(this::stick)
                .as(Long.class)
                .blocking()
                .sink("out", Sinks.collect());
    Settings settings =
        settings(STRICT.failAfter(Duration.ofMillis(200))).withRestarts(RestartStrategy.none());

    List<RunState> states = new CopyOnWriteArrayList<>();
    assertThatThrownBy(() -> Headrace.start(job, settings, states::add).await())
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("map-1 #0")
        .extracting(error -> ((HeadraceException) error).code())
        .isEqualTo(ErrorCode.OPERATOR_STUCK);
    assertThat(states) // The source may be, where the machine has other things to do.
        .filteredOn(WatchdogTest::isStuck)
        .noneMatch(state -> state.toString().contains("map-1"));
  }

  @Test
  @Tag("R21")
  @Tag("FAULT-22")
  void aBlockingOperatorThatDoesNotReturnDegradesTheRunWithoutALimitToo() {
    ManualHost host = new ManualHost();
    AtomicReference<@Nullable ManualRun> run = new AtomicReference<>();
    List<RunState> states = new ArrayList<>();
    List<Boolean> live = new ArrayList<>();
    AtomicBoolean isFirst = new AtomicBoolean(true);
    Job job =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .map(
                    number -> {
                      for (int i = 0; isFirst.get() && i < 150; i++) {
                        Objects.requireNonNull(run.get()).step(Duration.ofMillis(100));
                        states.add(Objects.requireNonNull(run.get()).state());
                        live.add(Objects.requireNonNull(run.get()).status().isLive());
                      }
                      isFirst.set(false);
                      return number;
                    })
                .as(Long.class)
                .blocking()
                .sink("out", Sinks.collect());
    WatchdogSettings patient = WatchdogSettings.defaults().giveUpAfter(Duration.ofSeconds(100));

    run.set(ManualRun.start(host, job, Settings.ephemeral().parallelism(1).withWatchdog(patient)));
    assertThat(Objects.requireNonNull(run.get()).end().kind()).isEqualTo(Outcome.Kind.FINISHED);

    assertThat(states.subList(0, 90)).noneMatch(WatchdogTest::isStuck);
    assertThat(states.get(149))
        .isInstanceOfSatisfying(
            RunState.Degraded.class,
            degraded ->
                assertThat(degraded.reason())
                    .startsWith("Task \"map-1 #0\" has not returned since 1970-01-01T00:00:00"));
    assertThat(isStuck(states.get(149))).isTrue();
    assertThat(live).doesNotContain(false);
  }

  @Test
  @Tag("FAULT-21")
  @Tag("FAULT-22")
  void aStuckOperatorDoesNotKeepARunFromBeingClosed() throws InterruptedException {
    Run run = Headrace.start(mapped(this::stick, Sinks.collect()), settings(STRICT));
    isIn.await();

    run.close();

    assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    assertThat(run.status().lastFailure()).isEmpty();
  }

  @Test
  @Tag("FAULT-22")
  void anInterruptDoesNotReachTheNextAttempt() {
    CollectingSink<Long> sink = Sinks.collect();
    AtomicBoolean hasStuck = new AtomicBoolean();
    MapFunction<Long, Long> keepsTheFlag =
        number -> {
          if (Thread.currentThread().isInterrupted()) {
            throw new IllegalStateException("interrupted from before");
          }
          if (hasStuck.compareAndSet(false, true)) {
            try {
              mayGo.await();
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          }
          return number;
        };
    Settings settings = settings(STRICT.failAfter(Duration.ofMillis(40))).workers(1);

    try (Run run = Headrace.start(mapped(keepsTheFlag, sink), settings)) {
      run.await();

      assertThat(run.status().restarts()).isEqualTo(1);
    }
    assertThat(sink.values()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  @Tag("R21")
  void limitsOfTheWatchdogAreChecked() {
    assertThatThrownBy(
            () ->
                new WatchdogSettings(
                    Optional.of(Duration.ZERO), Optional.of(Duration.ZERO), Duration.ZERO))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("warnAfter must be at least 1 ms, but is 0 ms")
        .hasMessageContaining("failAfter must be at least 1 ms, but is 0 ms")
        .hasMessageContaining("giveUpAfter must be at least 1 ms, but is 0 ms");
  }
}
