package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunPhase;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.task.ManualHost;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That a run ends, whatever is thrown while it does, and that nothing of it is lost. */
@Timeout(60)
class EndingTest {

  private static final long ENDLESS = Long.MAX_VALUE / 4;

  @TempDir Path directory;

  /** What is thrown. */
  enum Thrown {
    EXCEPTION,
    ERROR;

    void raise(String what) {
      if (this == ERROR) {
        throw new AssertionError(what);
      }
      throw new IllegalStateException(what);
    }
  }

  /** How a run comes to its end. */
  enum Way {
    FINISHED,
    STOPPED,
    CANCELLED,
    FAILED
  }

  private Settings settings(RestartStrategy strategy) {
    return Settings.in(directory)
        .parallelism(1)
        .workers(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(strategy);
  }

  private static Job job(long count, MapFunction<Long, Long> function, HookedSink sink) {
    return job(Sources.generate(Long.class, count, index -> index), function, sink);
  }

  private static Job job(
      Source<Long, ?> source, MapFunction<Long, Long> function, HookedSink sink) {
    return pipeline ->
        pipeline.source("numbers", source).map(function).as(Long.class).sink("out", sink);
  }

  private static void awaitCheckpoint(Run run) {
    while (run.status().complete() == 0 && !run.isEnded()) {
      LockSupport.parkNanos(1_000);
    }
  }

  /** Nothing holds the directory, and another run ends as it should. */
  private void goesOn() {
    HookedSink sink = new HookedSink(step -> {});
    try (Run again =
        Headrace.start(job(10, number -> number, sink), settings(RestartStrategy.none()))) {
      assertThat(again.await()).isEqualTo(Outcome.Kind.FINISHED);
    }
  }

  static Stream<Arguments> waysAndThrown() {
    return Arrays.stream(Way.values())
        .flatMap(way -> Arrays.stream(Thrown.values()).map(thrown -> Arguments.of(way, thrown)));
  }

  private static Throwable end(Way way, Run run) {
    return catchThrowable(
        () -> {
          switch (way) {
            case STOPPED -> {
              awaitCheckpoint(run);
              run.stop();
            }
            case CANCELLED -> {
              awaitCheckpoint(run);
              run.cancel();
            }
            case FINISHED, FAILED -> run.await();
          }
          run.await();
        });
  }

  @ParameterizedTest
  @MethodSource("waysAndThrown")
  @Tag("FAULT-19")
  void aWriterWhoseCloseThrowsKeepsNoRunFromEnding(Way way, Thrown thrown) {
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.CLOSE) {
                thrown.raise("it does not close");
              }
            });
    Job job =
        job(
            way == Way.FINISHED ? 1_000 : ENDLESS,
            number -> {
              if (way == Way.FAILED && number == 1_000) {
                throw new IllegalStateException("it fails first");
              }
              return number;
            },
            sink);

    Run run = Headrace.start(job, settings(RestartStrategy.none()));
    Throwable failure = end(way, run);

    assertThat(allOf(run.status().lastFailure().orElseThrow())).contains("it does not close");
    assertThat(run.state().isEnd()).isTrue();
    if (way == Way.FAILED) {
      assertThat(allOf(failure)).contains("it fails first", "it does not close");
    } else {
      assertThat(failure).isNull();
    }
    if (way != Way.FINISHED) {
      goesOn();
    }
  }

  /** All messages: its own, those of its causes and of what it suppressed. */
  private static String allOf(Throwable failure) {
    StringBuilder all = new StringBuilder(failure.toString());
    if (failure.getCause() != null) {
      all.append('\n').append(allOf(failure.getCause()));
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      all.append('\n').append(allOf(suppressed));
    }
    return all.toString();
  }

  @ParameterizedTest
  @EnumSource
  @Tag("FAULT-19")
  void aReaderWhoseCloseThrowsKeepsNoRunFromEnding(Thrown thrown) {
    Job job = job(new Unclosable(thrown), number -> number, new HookedSink(step -> {}));

    Run run = Headrace.start(job, settings(RestartStrategy.none()));
    awaitCheckpoint(run);
    run.close();

    assertThat(allOf(run.status().lastFailure().orElseThrow())).contains("it does not close");
    goesOn();
  }

  /** Numbers of a reader that cannot be closed. */
  private record Unclosable(Thrown thrown) implements Numbers {

    @Override
    public SourceReader<Long, Long> open(String split, Long start, ConnectorContext context) {
      return new SourceReader<>() {
        private long position = start;

        @Override
        public Poll poll(SourceOutput<Long> out) {
          out.emit(position++);
          return Poll.MORE;
        }

        @Override
        public Long position() {
          return position;
        }

        @Override
        public void close() {
          thrown.raise("it does not close");
        }
      };
    }
  }

  @Test
  @Tag("FAULT-19")
  @Tag("FAULT-25")
  void anErrorThatFollowsAFailureEndsARunThatWouldHaveStartedAgain() {
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.CLOSE) {
                throw new AssertionError("it does not close");
              }
            });
    Job job =
        job(
            ENDLESS,
            number -> {
              throw new IllegalStateException("it fails first");
            },
            sink);

    Run run = Headrace.start(job, settings(RestartStrategy.fixedDelay(5, Duration.ZERO)));
    Throwable failure = catchThrowable(run::await);

    assertThat(((HeadraceException) failure).code()).isEqualTo(ErrorCode.FATAL_ERROR);
    assertThat(allOf(failure)).contains("it does not close", "it fails first");
    assertThat(run.status().restarts()).isZero();
    goesOn();
  }

  static Stream<Arguments> restartsAndThrown() {
    return Stream.of(RestartStrategy.none(), RestartStrategy.fixedDelay(5, Duration.ZERO))
        .flatMap(
            restarts ->
                Arrays.stream(Thrown.values()).map(thrown -> Arguments.of(restarts, thrown)));
  }

  @ParameterizedTest
  @MethodSource("restartsAndThrown")
  @Tag("FAULT-19")
  @Tag("FAULT-25")
  void aRunThatFailsAndDoesNotCloseEndsOnceWhicheverLookAtTheClockThrowsAfterThat(
      RestartStrategy restarts, Thrown thrown) {
    boolean hasBroken = true;
    for (int looks = 0; hasBroken; looks++) {
      ManualHost host = new ManualHost();
      Job job = failingTwice(host, looks, thrown);
      Settings own = Settings.in(directory.resolve("after-" + looks)).parallelism(1);

      ManualRun run = ManualRun.start(host, job, own.withRestarts(restarts));
      Outcome outcome = run.end();
      run.step(Duration.ZERO);

      hasBroken = !host.isClockToBreak();
      assertThat(run.outcomes()).describedAs("after %s looks", looks).containsExactly(outcome);
      if (hasBroken) {
        String all = allOf(run.status().lastFailure().orElseThrow());
        assertThat(all).describedAs("after %s looks", looks).contains("the clock is broken");
      }
      if (restarts instanceof RestartStrategy.None) {
        assertThat(allOf(outcome.cause().orElseThrow()))
            .contains("it fails first", "it does not close");
      } else if (thrown == Thrown.ERROR) {
        assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
      }
    }
  }

  /** Fails once, then its writer does, and then a look at the clock. */
  private static Job failingTwice(ManualHost host, int looks, Thrown thrown) {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    AtomicBoolean isFirstClose = new AtomicBoolean(true);
    return job(
        10,
        number -> {
          if (isFirst.getAndSet(false)) {
            host.breakClock(looks, new AssertionError("the clock is broken"));
            throw new IllegalStateException("it fails first");
          }
          return number;
        },
        new HookedSink(
            step -> {
              if (step == Step.CLOSE && isFirstClose.getAndSet(false)) {
                thrown.raise("it does not close");
              }
            }));
  }

  private ManualRun waiting() {
    AtomicBoolean isFirst = new AtomicBoolean(true);
    Job job =
        job(
            1_000,
            number -> {
              if (isFirst.getAndSet(false)) {
                throw new IllegalStateException("it fails first");
              }
              return number;
            },
            new HookedSink(step -> {}));
    RestartStrategy late = RestartStrategy.fixedDelay(5, Duration.ofHours(1));
    ManualRun run = ManualRun.start(job, settings(late));
    run.until(() -> run.status().phase() == RunPhase.WAITING);
    return run;
  }

  @Test
  @Tag("FAULT-19")
  @Tag("FAULT-25")
  void anErrorWhileARunWaitsToStartAgainEndsIt() {
    ManualRun run = waiting();

    run.host().breakClock(new AssertionError("the clock is broken"));
    Outcome outcome = run.end();

    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.FAILED);
    HeadraceException cause = (HeadraceException) outcome.cause().orElseThrow();
    assertThat(cause.code()).isEqualTo(ErrorCode.FATAL_ERROR);
    assertThat(allOf(cause)).contains("the clock is broken", "it fails first");
    assertThat(run.status().restarts()).isZero();
    assertThat(run.outcomes()).hasSize(1);
    goesOn();
  }

  @Test
  @Tag("FAULT-24")
  void aRunThatIsCancelledWhileAFailedAttemptClosesLetsGoOfItsDirectory() throws Exception {
    CountDownLatch isClosing = new CountDownLatch(1);
    CountDownLatch mayClose = new CountDownLatch(1);
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == Step.CLOSE) {
                isClosing.countDown();
                mayClose.await();
              }
            });
    Job job =
        job(
            ENDLESS,
            number -> {
              throw new IllegalStateException("it fails first");
            },
            sink);

    Run run = Headrace.start(job, settings(RestartStrategy.fixedDelay(5, Duration.ofHours(1))));
    isClosing.await();
    run.cancel();
    mayClose.countDown();

    assertThat(run.await()).isEqualTo(Outcome.Kind.CANCELLED);
    goesOn();
  }

  /** From which state on the coordinator throws in each call. */
  enum From {
    STARTING(RunState.Starting.class),
    RUNNING(RunState.Running.class),
    DRAINING(RunState.Draining.class),
    CANCELLED(RunState.Cancelled.class);

    private final Class<? extends RunState> state;

    From(Class<? extends RunState> state) {
      this.state = state;
    }
  }

  static Stream<Arguments> statesAndThrown() {
    return Arrays.stream(From.values())
        .flatMap(from -> Arrays.stream(Thrown.values()).map(thrown -> Arguments.of(from, thrown)));
  }

  @ParameterizedTest
  @MethodSource("statesAndThrown")
  @Tag("FAULT-19")
  void aCoordinatorThatThrowsInEachCallStillEndsTheRun(From from, Thrown thrown) {
    AtomicBoolean isBroken = new AtomicBoolean();
    Run run =
        ListenedRun.start(
            job(ENDLESS, number -> number, new HookedSink(step -> {})),
            settings(RestartStrategy.none()),
            (self, step, who, checkpoint) -> {},
            state -> {
              if (isBroken.get() || from.state.isInstance(state)) {
                isBroken.set(true);
                thrown.raise("it cannot be told");
              }
            });
    while (from == From.STARTING ? !isBroken.get() : run.status().phase() == RunPhase.RECOVERING) {
      LockSupport.parkNanos(1_000);
    }
    run.cancel();

    assertThat(run.await(Duration.ofSeconds(30))).describedAs("ended: %s", run.status()).isTrue();
    assertThat(allOf(run.status().lastFailure().orElseThrow())).contains("it cannot be told");
    run.close();
    goesOn();
  }
}
