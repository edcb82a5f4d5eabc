package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.WrittenStream;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import io.headrace.files.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A job that writes files some values of which have no folder, since the job's function fails. */
@Tag("R14")
@Tag("FAULT-17")
@Timeout(60)
class RejectedValuesJobTest {

  private static final int COUNT = 1_000;

  @TempDir Path folder;

  record Order(String customer, long number) {}

  /** What a function does with a value that it was not written for. */
  enum Folders {
    WITHOUT_NAME("it has a level without a name") {
      @Override
      String bad() {
        return "";
      }
    },
    NULL("it is null") {
      @Override
      @SuppressWarnings("NullAway") // A mistake, made on purpose.
      String bad() {
        return null;
      }
    },
    THROWING("its partitionedBy function threw java.lang.IllegalStateException: no") {
      @Override
      String bad() {
        throw new IllegalStateException("no");
      }
    };

    private final String words;

    Folders(String words) {
      this.words = words;
    }

    abstract String bad();

    String of(Order order) {
      return isBad(order.number()) ? bad() : "day=" + order.number() % 3;
    }
  }

  private static boolean isBad(long number) {
    return number % 100 == 50;
  }

  private WrittenStream written(Pipeline pipeline, Folders folders) {
    return pipeline
        .source(
            "orders", Sources.generate(Order.class, COUNT, index -> new Order("hunter2", index)))
        .sink(
            "out", JsonLines.write(folder.resolve("out"), Order.class).partitionedBy(folders::of));
  }

  private Settings settings() {
    return Settings.in(folder.resolve("state"))
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(2));
  }

  private long linesWritten() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      long lines = 0;
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        lines += Files.readAllLines(file).size();
      }
      return lines;
    }
  }

  @ParameterizedTest
  @EnumSource
  void aValueWithoutAFolderEndsTheJobInTheEndAndIsNamed(Folders folders) {
    RestartStrategy atOnce = RestartStrategy.fixedDelay(Integer.MAX_VALUE, Duration.ZERO);

    HeadraceException end =
        catchThrowableOfType(
            HeadraceException.class,
            () ->
                Headrace.run(
                    pipeline -> written(pipeline, folders), settings().withRestarts(atOnce)));

    assertThat(end.code()).isEqualTo(ErrorCode.POISONOUS_INPUT);
    assertThat(end.operator()).contains("out");
    assertThat(end.position().orElseThrow()).contains("split \"0\" of source \"orders\" near 51");
    assertThat(end)
        .hasMessageStartingWith("Operator \"out\", in task \"orders -> out #0\", failed on value #")
        .hasMessageContaining("the sink rejected it, since ")
        .hasMessageContaining(folders.words)
        .message()
        .doesNotContain("hunter2");
  }

  @ParameterizedTest
  @EnumSource
  void aValueWithoutAFolderCanBeADeadLetterAndTheOthersAreWritten(Folders folders)
      throws IOException {
    CollectingSink<DeadLetter> dead = Sinks.collect();

    Headrace.run(
        pipeline -> written(pipeline, folders).deadLetters().sink("dead", dead), settings());

    List<DeadLetter> letters = dead.values();
    assertThat(letters)
        .hasSize(COUNT / 100)
        .allSatisfy(
            letter -> {
              assertThat(letter.operator()).isEqualTo("out");
              assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.WRITE);
              assertThat(letter.position().orElseThrow()).contains("source \"orders\"");
            });
    assertThat(linesWritten()).isEqualTo(COUNT - letters.size());
  }
}
