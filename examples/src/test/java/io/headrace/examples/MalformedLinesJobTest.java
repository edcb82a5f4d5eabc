package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.DeadLetter;
import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.Source;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.files.JsonLines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that reads files some lines of which cannot be read. */
@Tag("R14")
@Tag("FAULT-57")
@Timeout(60)
class MalformedLinesJobTest {

  private static final int PER_FILE = 5_000;
  private static final int MALFORMED_PER_FILE = PER_FILE / 10;

  @TempDir Path folder;

  record Order(int file, int line) {}

  private Path in(int file) {
    return folder.resolve("in-" + file + ".jsonl");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Path dead() {
    return folder.resolve("dead");
  }

  private static boolean isMalformed(int line) {
    return line % 10 == 7;
  }

  /** What stands in a line, which may be the half of an object, no UTF-8, or of another type. */
  private static byte[] bytes(int file, int line) {
    String good = "{\"file\":%d,\"line\":%d}".formatted(file, line);
    if (!isMalformed(line)) {
      return good.getBytes(StandardCharsets.UTF_8);
    }
    return switch (line / 10 % 3) {
      case 0 -> good.substring(0, 9 + file).getBytes(StandardCharsets.UTF_8);
      case 1 -> new byte[] {(byte) 0xff, 0, (byte) line, '"', (byte) file};
      default -> good.replace("line\":", "line\":\"").getBytes(StandardCharsets.UTF_8);
    };
  }

  @BeforeEach
  void writeTheInput() throws IOException {
    for (int file = 0; file < 2; file++) {
      ByteArrayOutputStream lines = new ByteArrayOutputStream();
      for (int line = 1; line <= PER_FILE; line++) {
        lines.writeBytes(bytes(file, line));
        lines.write('\n');
      }
      Files.write(in(file), lines.toByteArray());
    }
  }

  private Source<Order, ?> orders() {
    return JsonLines.read(List.of(in(0), in(1)), Order.class);
  }

  private Job withDeadLetters(Source<Order, ?> source) {
    return pipeline -> {
      io.headrace.api.Stream<Order> orders = pipeline.source("orders", source);
      orders.sink("out", JsonLines.write(out(), Order.class));
      orders.deadLetters().sink("dead", JsonLines.write(dead(), DeadLetter.class));
    };
  }

  private Settings settings() {
    return Settings.in(folder.resolve("state"))
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(2));
  }

  /** What is committed to a folder, read by another job. */
  private <T> List<T> committed(Path written, Class<T> type) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(written)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    CollectingSink<T> values = Sinks.collect();
    Headrace.run(
        pipeline -> pipeline.source("in", JsonLines.read(files, type)).sink("all", values),
        Settings.ephemeral());
    return values.values();
  }

  private void assertEveryLineHasItsEffectOnce() throws IOException {
    List<Order> orders = new ArrayList<>();
    for (int file = 0; file < 2; file++) {
      int each = file;
      IntStream.rangeClosed(1, PER_FILE)
          .filter(line -> !isMalformed(line))
          .forEach(line -> orders.add(new Order(each, line)));
    }
    assertThat(committed(out(), Order.class)).containsExactlyInAnyOrderElementsOf(orders);
  }

  private void assertEveryMalformedLineIsADeadLetterOnce() throws IOException {
    List<DeadLetter> letters = committed(dead(), DeadLetter.class);
    List<String> places = new ArrayList<>();
    for (int file = 0; file < 2; file++) {
      for (int line = 7; line <= PER_FILE; line += 10) {
        String place = "File " + in(file) + ", line " + line;
        places.add(place);
        byte[] bytes = bytes(file, line);
        assertThat(letters)
            .filteredOn(letter -> letter.position().orElseThrow().equals(place))
            .singleElement()
            .satisfies(letter -> assertThat(letter.bytes()).isEqualTo(bytes));
      }
    }
    assertThat(letters).hasSameSizeAs(places).allSatisfy(MalformedLinesJobTest::assertReading);
  }

  private static void assertReading(DeadLetter letter) {
    assertThat(letter.operator()).isEqualTo("orders");
    assertThat(letter.stage()).isEqualTo(DeadLetter.Stage.READ);
    assertThat(letter.error()).contains(", in \"");
    assertThat(letter.text()).isEqualTo(new String(letter.bytes(), StandardCharsets.UTF_8));
    assertThat(letter.schema()).isEmpty();
  }

  @Test
  void everyMalformedLineIsADeadLetterWithFileLineAndBytes() throws IOException {
    try (Run run = Headrace.start(withDeadLetters(orders()), settings())) {
      run.await();

      assertThat(run.status().putAside()).isEqualTo(2 * MALFORMED_PER_FILE);
    }
    assertEveryLineHasItsEffectOnce();
    assertEveryMalformedLineIsADeadLetterOnce();
  }

  @Test
  void malformedLinesThatAreSkippedAreCountedAndTheOthersAreWritten() throws IOException {
    Job job =
        pipeline ->
            pipeline
                .source("orders", orders())
                .skipFailures()
                .sink("out", JsonLines.write(out(), Order.class));
    try (Run run = Headrace.start(job, settings())) {
      run.await();

      assertThat(run.status().putAside()).isEqualTo(2 * MALFORMED_PER_FILE);
    }
    assertEveryLineHasItsEffectOnce();
  }

  @Test
  void deadLettersAreWrittenOnceAlsoByAJobThatIsCancelledOnTheWay() throws IOException {
    Source<Order, ?> slow = Sources.paced(orders(), PER_FILE);
    try (Run run = Headrace.start(withDeadLetters(slow), settings())) {
      while (!run.isEnded() && run.status().lastComplete().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      run.cancel();
    }

    Headrace.run(withDeadLetters(orders()), settings().parallelism(1));

    assertEveryLineHasItsEffectOnce();
    assertEveryMalformedLineIsADeadLetterOnce();
  }
}
