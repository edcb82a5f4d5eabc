package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.Source;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an error knows beside its message: the operator, the place, and what to do. */
@Tag("R30")
@Timeout(60)
class ErrorPlacesTest {

  @TempDir Path directory;

  /** Equal keys, that cannot be encoded. */
  record Key(List<String> parts) {}

  /** A sink that cannot even be opened. */
  enum Closed implements Sink<Object, String> {
    WRITER,
    COMMITTER;

    @Override
    public TypeToken<String> committableType() {
      return TypeToken.of(String.class);
    }

    @Override
    public Delivery delivery() {
      return Delivery.AT_LEAST_ONCE;
    }

    @Override
    public SinkWriter<Object, String> openWriter(ConnectorContext context) throws IOException {
      throw new IOException("no way in");
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) throws IOException {
      if (this == COMMITTER) {
        throw new IOException("no way in");
      }
      return new Committer<>() {
        @Override
        public void recover(List<String> prepared) {
          // Nothing was prepared.
        }

        @Override
        public void commit(List<String> committables) {
          throw new IllegalStateException("nothing was prepared for " + new CheckpointId(1));
        }

        @Override
        public void close() {
          // Nothing is held open.
        }
      };
    }
  }

  private HeadraceException failureOf(Job job) {
    Settings once = Settings.in(directory).parallelism(1).withRestarts(RestartStrategy.none());
    HeadraceException failure =
        catchThrowableOfType(HeadraceException.class, () -> Headrace.run(job, once));
    assertThat(failure.remedy()).endsWith(".");
    return failure;
  }

  private static Job job(
      Source<Long, ?> source, MapFunction<Long, Long> function, Sink<Object, ?> sink) {
    return pipeline ->
        pipeline.source("numbers", source).map(function).as(Long.class).sink("out", sink);
  }

  private static Source<Long, ?> numbers() {
    return Sources.generate(Long.class, 100, index -> index);
  }

  private static long fail(long number) {
    if (number == 50) {
      throw new IllegalStateException("fifty");
    }
    return number;
  }

  @Test
  void aFunctionThatThrowsIsNamedWithItsLineAndTheInputThatWasRead() {
    HeadraceException failure = failureOf(job(numbers(), ErrorPlacesTest::fail, Sinks.collect()));

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertThat(failure.operator()).contains("map-1");
    assertThat(failure.position().orElseThrow())
        .matches("ErrorPlacesTest\\.java:\\d+; split \"0\" of source \"numbers\" near 51");
  }

  @Test
  void theFirstLineOfAFailureHasWhatTheFunctionThrew() {
    HeadraceException failure = failureOf(job(numbers(), ErrorPlacesTest::fail, Sinks.collect()));

    assertThat(String.valueOf(failure.getMessage()).lines().findFirst().orElseThrow())
        .startsWith("Operator \"map-1\", in task \"numbers -> map-1 -> out #0\", failed on value #")
        .contains("its map function threw java.lang.IllegalStateException: fifty.")
        .endsWith("[USER_FUNCTION_FAILED, user error]");
    assertThat(failure.getCause()).hasMessage("fifty");
  }

  @Test
  void aFailureIsLoggedOnceWithWhatTheFunctionThrewInTheFirstLineAndItsStackOnce() {
    List<String> log =
        Log.of(() -> failureOf(job(numbers(), ErrorPlacesTest::fail, Sinks.collect())));

    List<String> failed = log.stream().filter(line -> line.contains(" failed and ")).toList();
    assertThat(failed)
        .singleElement()
        .asString()
        .contains("failed and ends: Operator \"map-1\", in task \"numbers -> map-1 -> out #0\",")
        .contains("threw java.lang.IllegalStateException: fifty.")
        .endsWith("[USER_FUNCTION_FAILED, user error]");
    assertThat(log.get(log.indexOf(failed.get(0)) + 1))
        .isEqualTo("java.lang.IllegalStateException: fifty");
    assertThat(
            log.stream()
                .filter(line -> line.contains("at io.headrace.engine.ErrorPlacesTest.fail(")))
        .hasSize(1);
    assertThat(log).noneMatch(line -> line.startsWith("Caused by"));
  }

  @Test
  void aSourceThatFailsIsNamedWithItsSplitAndPosition() {
    Source<Long, ?> broken =
        Sources.generate(
            Long.class,
            100,
            index -> {
              if (index == 70) {
                throw new IOException("torn");
              }
              return index;
            });

    HeadraceException failure = failureOf(job(broken, number -> number, Sinks.collect()));

    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
    assertThat(failure.operator()).contains("numbers");
    assertThat(failure.position()).contains("split \"0\" near 71");
    assertThat(failure)
        .hasMessageContaining("could not read (split \"0\" near 71): java.io.IOException: torn");
  }

  @Test
  void aSinkThatCannotBeOpenedIsNamed() {
    for (Closed sink : Closed.values()) {
      HeadraceException failure = failureOf(job(numbers(), number -> number, sink));

      assertThat(failure.code()).isEqualTo(ErrorCode.SINK_FAILED);
      assertThat(failure.operator()).contains("out");
      assertThat(failure)
          .hasMessageContaining("Sink \"out\" could not open a")
          .hasMessageContaining("no way in");
    }
  }

  @Test
  void aKeyThatCannotBeEncodedIsThatOfTheOperatorThatItIsFor() {
    HeadraceException failure =
        failureOf(
            pipeline ->
                pipeline
                    .source("numbers", numbers())
                    .keyBy(number -> new Key(Collections.singletonList(nothing())))
                    .aggregate("counts", Long.class, 0L, (count, number) -> count + 1)
                    .sink("out", Sinks.collect()));

    assertThat(failure.code()).isEqualTo(ErrorCode.VALUE_NOT_ENCODABLE);
    assertThat(failure.operator()).contains("counts");
    assertThat(failure).hasMessageEndingWith("[VALUE_NOT_ENCODABLE, user error]");
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static String nothing() {
    return null;
  }

  @Test
  void aStateThatReachesItsLimitIsThatOfItsOperator() {
    Job sums =
        pipeline ->
            pipeline
                .source("numbers", numbers())
                .keyBy(number -> number)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", Sinks.collect());
    Settings tight = Settings.in(directory).withRestarts(RestartStrategy.none()).stateBytes(1_000);

    HeadraceException failure =
        catchThrowableOfType(HeadraceException.class, () -> Headrace.run(sums, tight));

    assertThat(failure.code()).isEqualTo(ErrorCode.STATE_LIMIT_REACHED);
    assertThat(failure.operator()).contains("sums");
  }
}
