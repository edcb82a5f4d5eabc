package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a source, a sink or a factory of processes throws, operator and task are named. */
@Tag("FAULT-17")
@Tag("R30")
@Timeout(60)
class ConnectorErrorsTest {

  @TempDir Path directory;

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(1)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.none());
  }

  private HeadraceException failureOf(Job job) {
    return catchThrowableOfType(HeadraceException.class, () -> Headrace.run(job, settings()));
  }

  private static Source<Long, ?> numbers() {
    return Sources.generate(Long.class, 100, index -> index);
  }

  private static HookedSink broken(HookedSink.Step broken) {
    return new HookedSink(
        step -> {
          if (step == broken) {
            throw new IOException("torn");
          }
        });
  }

  private static Job job(Source<Long, ?> source, HookedSink sink) {
    return pipeline -> pipeline.source("numbers", source).sink("out", sink);
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, 'Sink \"out\" could not open a writer in task \"numbers -> out #0\": ', SINK_FAILED",
    "WRITE, 'Sink \"out\", in task \"numbers -> out #0\", could not write what was read from split"
        + " \"0\" of source \"numbers\" near 1: ', SINK_FAILED",
    "PREPARE, 'Sink \"out\", in task \"numbers -> out #0\", could not prepare: ', SINK_FAILED",
    "MAKE_DURABLE, 'Sink \"out\", in task \"numbers -> out #0\", could not make a transaction"
        + " durable: ', SINK_FAILED",
    "RECOVER, 'Sink \"out\" could not ', COMMIT_FAILED",
    "COMMIT, 'Sink \"out\" could not commit ', COMMIT_FAILED"
  })
  void whatASinkThrowsIsNamed(HookedSink.Step step, String words, ErrorCode code) {
    HeadraceException failure = failureOf(job(numbers(), broken(step)));

    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.operator()).contains("out");
    assertThat(failure)
        .hasMessageStartingWith(words)
        .hasMessageContaining("java.io.IOException: torn")
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void whatAWriterThrowsThatIsClosedIsNamedInTheLog() {
    String log =
        Log.textOf(() -> Headrace.run(job(numbers(), broken(HookedSink.Step.CLOSE)), settings()));

    assertThat(log)
        .contains(
            "Sink \"out\" could not close a writer in task \"numbers -> out #0\":"
                + " java.io.IOException: torn");
  }

  /** What a reader is asked to do. */
  enum Step {
    OPEN,
    POLL,
    POSITION,
    LISTEN,
    CLOSE
  }

  /** A source without end, which breaks at a step. */
  private record Broken(Step broken) implements Numbers {

    private void at(Step step) {
      if (step == broken) {
        throw new IllegalStateException("torn");
      }
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      at(Step.OPEN);
      return new Reader(this, position);
    }
  }

  private static final class Reader implements SourceReader<Long, Long>, CheckpointListener {

    private final Broken source;
    private long next;

    Reader(Broken source, long next) {
      this.source = source;
      this.next = next;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) {
      source.at(Step.POLL);
      out.emit(next++);
      return next < 1_000 || source.broken() != Step.CLOSE ? Poll.MORE : Poll.END;
    }

    /** Asked before each poll, and by checkpoints. */
    @Override
    public Long position() {
      if (StackWalker.getInstance().walk(all -> all.anyMatch(Reader::isSnapshot))) {
        source.at(Step.POSITION);
      }
      return next;
    }

    private static boolean isSnapshot(StackWalker.StackFrame frame) {
      return frame.getMethodName().equals("snapshot");
    }

    @Override
    public void close() {
      source.at(Step.CLOSE);
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      source.at(Step.LISTEN);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, 'Source \"numbers\" could not open split \"0\" in task \"numbers #0\": '",
    "POLL, 'Source \"numbers\", in task \"numbers #0\", could not read (split \"0\" near 0): '",
    "POSITION, 'Source \"numbers\", in task \"numbers #0\", could not say its position (split"
        + " \"0\"'",
    "LISTEN, 'Source \"numbers\", in task \"numbers #0\", could not take note of a checkpoint"
        + " (split \"0\" near '",
    "CLOSE, 'Source \"numbers\" could not close split \"0\" in task \"numbers #0\": '"
  })
  void whatASourceThrowsIsNamed(Step step, String words) {
    HookedSink sink = new HookedSink(each -> {});

    HeadraceException failure = failureOf(job(new Broken(step), sink));

    assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
    assertThat(failure.operator()).contains("numbers");
    assertThat(failure.position().orElseThrow()).contains("split \"0\"");
    assertThat(failure)
        .hasMessageStartingWith(words)
        .hasMessageContaining("java.lang.IllegalStateException: torn")
        .hasCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void aSourceThatEmitsNullFailsAtItsPlaceAndStopsTheJobInTheEnd() {
    Job job = job(withNull(), new HookedSink(each -> {}));

    HeadraceException failure = failureOf(job);
    Settings atOnce =
        settings().withRestarts(RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO));
    HeadraceException end =
        catchThrowableOfType(HeadraceException.class, () -> Headrace.run(job, atOnce));

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
    for (HeadraceException each : List.of(failure, end)) {
      assertThat(each.operator()).contains("numbers");
      assertThat(each.position()).contains("split \"0\" of source \"numbers\" near 51");
      assertThat(each)
          .hasMessageStartingWith(
              "Source \"numbers\", in task \"numbers -> out #0\", failed on what it read from split"
                  + " \"0\" of source \"numbers\" near 51: it emitted null");
    }
  }

  @Test
  @Tag("R14")
  void aNullOfASourceMayBeSkippedLikeWhatItCannotRead() throws Exception {
    CollectingSink<Long> sink = Sinks.collect();
    Job job = pipeline -> pipeline.source("numbers", withNull()).skipFailures().sink("out", sink);

    try (Run run = Headrace.start(job, settings())) {
      run.await();

      assertThat(run.status().putAside()).isEqualTo(1);
    }
    assertThat(sink.values()).hasSize(99);
  }

  private static Source<Long, ?> withNull() {
    return Sources.generate(Long.class, 100, ConnectorErrorsTest::nothingAtFifty);
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static Long nothingAtFifty(long index) {
    return index == 50 ? null : index;
  }

  @Test
  void aFactoryThatThrowsInATaskIsNamed() {
    HeadraceException failure =
        failureOf(
            pipeline ->
                pipeline
                    .source("numbers", numbers())
                    .keyBy(number -> number)
                    .process("process", states -> new Unmade())
                    .sink("out", Sinks.collect()));

    assertThat(failure.code()).isEqualTo(ErrorCode.USER_FUNCTION_FAILED);
    assertThat(failure.operator()).contains("process");
    assertThat(failure)
        .hasMessageStartingWith(
            "The factory of operator \"process\", in task \"process -> out #0\", threw"
                + " java.lang.IllegalStateException: no more. Mend the factory if it fails");
    assertThat(failure.position().orElseThrow()).startsWith("ConnectorErrorsTest.java:");
  }

  /** A process that can be made for the plan, and not for a task. */
  private static final class Unmade implements KeyedProcess<Long, Long, Long> {

    Unmade() {
      if (Thread.currentThread().getName().startsWith("headrace-")) {
        throw new IllegalStateException("no more");
      }
    }

    @Override
    public void process(Long number, Context<Long, Long> at) {
      at.emit(number);
    }
  }
}
