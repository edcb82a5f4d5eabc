package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Emitter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.connector.Sources;
import io.headrace.engine.HookedSink.Step;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.RunState;
import io.headrace.engine.coordinator.RunStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors, and no memory, wherever code of the user runs. */
@Timeout(60)
class FatalErrorTest {

  private static final long COUNT = 20_000;

  @TempDir Path directory;

  private final AtomicBoolean isArmed = new AtomicBoolean(true);

  /** Functions of the user. */
  enum Place {
    SOURCE,
    MAP,
    MAP_BEHIND_WHAT_CATCHES_ALL,
    BLOCKING_MAP,
    KEY,
    PROCESS,
    NONE
  }

  /** What they throw. */
  enum Thrown {
    STACK_OVERFLOW,
    NO_CLASS,
    ASSERTION,
    NO_MEMORY;

    Error error() {
      return switch (this) {
        case STACK_OVERFLOW -> new StackOverflowError();
        case NO_CLASS -> new NoClassDefFoundError("io/headrace/Gone");
        case ASSERTION -> new AssertionError("it does not hold");
        case NO_MEMORY -> new OutOfMemoryError("Java heap space");
      };
    }

    ErrorCode code() {
      return this == NO_MEMORY ? ErrorCode.OUT_OF_MEMORY : ErrorCode.FATAL_ERROR;
    }
  }

  static Stream<Arguments> functions() {
    return Arrays.stream(Place.values())
        .filter(place -> place != Place.NONE)
        .flatMap(
            place -> Arrays.stream(Thrown.values()).map(thrown -> Arguments.of(thrown, place)));
  }

  static Stream<Arguments> steps() {
    return Arrays.stream(Step.values())
        .filter(step -> step != Step.CLOSE)
        .flatMap(step -> Arrays.stream(Thrown.values()).map(thrown -> Arguments.of(thrown, step)));
  }

  /** Throws, once, in the middle of the input. */
  private final class Trap {

    private final Place place;
    private final Thrown thrown;

    Trap(Place place, Thrown thrown) {
      this.place = place;
      this.thrown = thrown;
    }

    void pass(Place here, long number) {
      if (here == place && number >= COUNT / 2 && isArmed.getAndSet(false)) {
        throw thrown.error();
      }
    }

    Long map(Place here, Long number) {
      pass(here, number);
      return number;
    }

    void flatMap(Long number, Emitter<Long> out) {
      try {
        out.emit(number);
      } catch (Throwable caught) {
        if (place != Place.MAP_BEHIND_WHAT_CATCHES_ALL) {
          throw caught;
        }
      }
    }
  }

  private static Job job(Trap trap, HookedSink sink) {
    return pipeline ->
        pipeline
            .source(
                "numbers",
                Sources.generate(Long.class, COUNT, number -> trap.map(Place.SOURCE, number)))
            .flatMap(trap::flatMap)
            .as(Long.class)
            .map(number -> trap.map(Place.MAP, number))
            .as(Long.class)
            .map(number -> trap.map(Place.MAP_BEHIND_WHAT_CATCHES_ALL, number))
            .as(Long.class)
            .map(number -> trap.map(Place.BLOCKING_MAP, number))
            .as(Long.class)
            .blocking()
            .keyBy(number -> trap.map(Place.KEY, number) % 100)
            .aggregate(
                "sums", Long.class, 0L, (sum, number) -> sum + trap.map(Place.PROCESS, number))
            .map(KeyValue::value)
            .as(Long.class)
            .sink("out", sink);
  }

  @ParameterizedTest
  @MethodSource("functions")
  @Tag("FAULT-19")
  @Tag("FAULT-20")
  void anErrorInAFunctionEndsTheRunAndTheNextGoesOn(Thrown thrown, Place place) {
    HookedSink sink = new HookedSink(step -> {});

    endsAndGoesOn(job(new Trap(place, thrown), sink), sink, thrown);
  }

  @ParameterizedTest
  @MethodSource("steps")
  @Tag("FAULT-19")
  @Tag("FAULT-20")
  void anErrorInASinkEndsTheRunAndTheNextGoesOn(Thrown thrown, Step at) {
    HookedSink sink =
        new HookedSink(
            step -> {
              if (step == at && isArmed.getAndSet(false)) {
                throw thrown.error();
              }
            });

    endsAndGoesOn(job(new Trap(Place.NONE, thrown), sink), sink, thrown);
  }

  private void endsAndGoesOn(Job job, HookedSink sink, Thrown thrown) {
    Settings settings =
        Settings.in(directory)
            .parallelism(1)
            .workers(2)
            .checkpointInterval(Duration.ofMillis(1))
            .withRestarts(RestartStrategy.fixedDelay(100, Duration.ofMillis(1)));
    RunStatus status;
    try (Run run = Headrace.start(job, settings)) {
      assertThat(run.await(Duration.ofSeconds(30))).describedAs("ended: %s", run.status()).isTrue();
      status = run.status();
    }

    assertThat(status.restarts()).isZero();
    assertThat(status.isLive()).isFalse();
    HeadraceException failure = (HeadraceException) ((RunState.Failed) status.state()).cause();
    assertThat(failure.code()).isEqualTo(thrown.code());
    assertThat(failure.getCause()).isInstanceOf(thrown.error().getClass());

    try (Run again = Headrace.start(job, settings)) {
      assertThat(again.await()).isEqualTo(Outcome.Kind.FINISHED);
    }
    assertThat(sink.values().stream().sorted().toList()).isEqualTo(expected());
  }

  private static List<Long> expected() {
    long[] sums = new long[100];
    return LongStream.range(0, COUNT)
        .map(number -> sums[(int) (number % 100)] += number)
        .sorted()
        .boxed()
        .toList();
  }
}
