package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.WatchdogSettings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.task.ManualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The time of day jumps by hours and days, both ways, at every step: the machine's clock is set, or
 * the machine was asleep. Nothing comes sooner or later for it.
 */
@Tag("FAULT-63")
@Timeout(120)
class WallClockTest {

  private static final Duration STEP = Duration.ofMillis(1);
  private static final int STEPS = 1_500;
  private static final int MOST_HOURS = 1_000;

  @TempDir Path folder;

  static List<RestartStrategy> strategies() {
    return List.of(
        RestartStrategy.fixedDelay(3, Duration.ofMillis(70)),
        RestartStrategy.failureRate(2, Duration.ofMillis(400), Duration.ofMillis(70)),
        new RestartStrategy.ExponentialDelay(
            Duration.ofMillis(40), Duration.ofMillis(200), 2, 0, Duration.ofSeconds(9), 3));
  }

  /** Checkpoints, one of which is given up; what a source reads and finds; restarts. */
  @ParameterizedTest
  @MethodSource("strategies")
  void aJobTakesItsCourseWhateverTheTimeOfDay(RestartStrategy strategy) {
    SplittableRandom random = new SplittableRandom(63);

    Course steady = course("steady", strategy, () -> Duration.ZERO);
    Course jumping =
        course(
            "jumping", strategy, () -> Duration.ofHours(random.nextInt(-MOST_HOURS, MOST_HOURS)));

    assertThat(jumping.steps).isEqualTo(steady.steps);
    assertThat(steady.last.restarts()).isEqualTo(3);
    assertThat(steady.last.givenUp()).isPositive();
    assertThat(steady.last.complete()).isGreaterThan(30);
    assertThat(steady.asked).isGreaterThan(20);
    assertThat(steady.last.records()).isGreaterThan(100);
  }

  /** What became of a job, step by step. */
  private record Course(List<String> steps, RunStatus last, int asked) {}

  /** Runs a job for some time, while the time of day jumps. */
  private Course course(String directory, RestartStrategy strategy, Supplier<Duration> jumps) {
    ManualHost host = new ManualHost();
    Runnable step =
        () -> {
          host.jump(jumps.get());
          host.pass(STEP);
          host.step();
        };
    ListedSource listed = new ListedSource(Optional.of(Duration.ofMillis(30)), false);
    HookedSink sink = new HookedSink(new Mishaps(step)::before);
    Job job =
        pipeline -> {
          pipeline.source("listed", listed).sink("found", Sinks.collect());
          pipeline.source("paced", Sources.paced(new OneByOne(), 500)).sink("out", sink);
        };
    ManualRun run =
        ManualRun.start(
            host,
            job,
            Settings.in(folder.resolve(directory))
                .parallelism(1)
                .withCheckpoints(
                    CheckpointSettings.defaults()
                        .interval(Duration.ofMillis(20))
                        .timeout(Duration.ofMillis(45)))
                .withRestarts(strategy));
    List<String> steps = new ArrayList<>();
    for (int number = 0; number < STEPS; number++) {
      step.run();
      RunStatus status = run.status();
      steps.add(
          "%s: %s, %s complete, %s given up, %s restarts, asked %s, read %s, committed %s"
              .formatted(
                  number,
                  status.phase(),
                  status.complete(),
                  status.givenUp(),
                  status.restarts(),
                  listed.asked(),
                  status.records(),
                  sink.values().size()));
    }
    RunStatus last = run.status();
    run.coordinator().cancel();
    run.end();
    return new Course(steps, last, listed.asked());
  }

  /** Has a number whenever it is asked. */
  private static final class OneByOne implements Numbers {

    @Override
    public SourceReader<Long, Long> open(String split, Long start, ConnectorContext context) {
      return new SourceReader<>() {
        private long next = start;

        @Override
        public Poll poll(SourceOutput<Long> out) {
          out.emit(next++);
          return Poll.MORE;
        }

        @Override
        public Long position() {
          return next;
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }

  /** Three failures, and a transaction that takes longer than a checkpoint may. */
  private static final class Mishaps {

    private final Runnable step;
    private int writes;
    private boolean isSlow = true;

    Mishaps(Runnable step) {
      this.step = step;
    }

    void before(Step taken) {
      if (taken == Step.WRITE && List.of(40, 90, 200).contains(++writes)) {
        throw new IllegalStateException("mishap");
      }
      if (taken == Step.MAKE_DURABLE && isSlow) {
        isSlow = false;
        for (int passed = 0; passed < 60; passed++) {
          step.run();
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-MOST_HOURS, MOST_HOURS})
  void anOperatorIsStuckByTheTimeThatPasses(int hours) {
    assertThat(run(new ManualHost(), 0, 30)).isEmpty();
    assertThat(run(new ManualHost(), hours, 30)).isEmpty();
    assertThat(run(new ManualHost(), 0, 80)).contains(ErrorCode.OPERATOR_STUCK);
    assertThat(run(new ManualHost(), hours, 80)).contains(ErrorCode.OPERATOR_STUCK);
  }

  /** Runs a job whose operator does not return once, and tells what it fails with. */
  private static Optional<ErrorCode> run(ManualHost host, int hours, int millis) {
    boolean[] hasStuck = {false};
    MapFunction<Long, Long> stuckOnce =
        number -> {
          for (int passed = 0; !hasStuck[0] && passed < millis; passed += 5) {
            host.jump(Duration.ofHours(hours));
            host.pass(Duration.ofMillis(5));
            host.step();
          }
          hasStuck[0] = true;
          return number;
        };
    ManualRun run =
        ManualRun.start(
            host,
            pipeline ->
                pipeline
                    .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
                    .map(stuckOnce)
                    .as(Long.class)
                    .sink("out", Sinks.collect()),
            Settings.ephemeral()
                .parallelism(1)
                .withWatchdog(
                    WatchdogSettings.defaults()
                        .warnAfter(Duration.ofMillis(20))
                        .failAfter(Duration.ofMillis(40))));
    Outcome outcome = run.end();
    return outcome.cause().map(cause -> ((HeadraceException) cause).code());
  }

  @Test
  void aRunThatWaitsToStartAgainIsLiveWhateverTheTimeOfDay() {
    ManualHost host = new ManualHost();
    ManualRun run =
        ManualRun.start(
            host,
            pipeline ->
                pipeline
                    .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
                    .sink("out", Sinks.collect()),
            Settings.ephemeral().parallelism(1));

    for (int hours : new int[] {MOST_HOURS, -3 * MOST_HOURS}) {
      host.jump(Duration.ofHours(hours));
      assertThat(run.status().isLive()).isTrue();
    }
    host.pass(Duration.ofMinutes(10));
    assertThat(run.status().isLive()).as("nobody has called it for ten minutes").isFalse();
    run.coordinator().cancel();
    run.end();
  }
}
