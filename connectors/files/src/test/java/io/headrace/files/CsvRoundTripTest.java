package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.SinkWriter;
import io.headrace.api.ValueRejectedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what is read, by Jackson too. */
@Timeout(120)
final class CsvRoundTripTest {

  @TempDir Path folder;

  record Pair(String name, int count) {}

  record Texts(String one, Optional<String> two, String three) {}

  record Numbers(
      boolean is,
      byte small,
      short shorter,
      int whole,
      long longer,
      float single,
      double real,
      char letter,
      Integer boxed,
      BigDecimal exact,
      BigInteger large,
      Optional<Long> perhaps) {}

  record Times(
      Instant instant,
      LocalDate date,
      LocalTime time,
      LocalDateTime dateTime,
      OffsetDateTime offset,
      ZonedDateTime zoned,
      Duration duration,
      DayOfWeek day,
      Optional<Instant> perhaps,
      UUID id) {}

  private <T> Path written(Class<T> type, List<T> values) throws Exception {
    FileSink<T> sink = CsvFiles.write(folder.resolve("out"), type);
    Files.createDirectories(folder.resolve("out/.pending"));
    SinkWriter<T, PendingFile> writer = sink.openWriter(SinkRun.context("rows", 0, 1));
    for (T value : values) {
      writer.write(value);
    }
    PendingFile file = writer.prepare(new CheckpointId(1)).makeDurable().get(0);
    assertThat(file.target()).endsWith(".csv");
    Path path = folder.resolve("out/.pending").resolve(file.pending());
    return Files.move(path, folder.resolve(values.hashCode() + ".csv"));
  }

  @Test
  void aFileNamesItsColumnsAndEndsItsLinesAsRfc4180Says() throws Exception {
    Path file =
        written(
            Texts.class,
            List.of(new Texts("a,b", Optional.empty(), ""), new Texts("\"", Optional.of(""), " ")));

    assertThat(Files.readString(file))
        .isEqualTo("one,two,three\r\n\"a,b\",,\"\"\r\n\"\"\"\",\"\", \r\n");
  }

  @Test
  void textsOfAnyKindAreReadBackAsTheyAreAndAsJacksonReadsThem() throws Exception {
    long seed = Long.getLong("seed", 31);
    SplittableRandom random = new SplittableRandom(seed);
    List<Texts> values = new ArrayList<>();
    List<List<String>> cells = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      String two = RandomText.of(random, RandomText.ANY);
      Texts value =
          new Texts(
              RandomText.of(random, RandomText.ANY),
              random.nextBoolean() ? Optional.of(two) : Optional.empty(),
              RandomText.of(random, RandomText.IN_A_LINE));
      values.add(value);
      cells.add(List.of(value.one(), value.two().orElse(""), value.three()));
    }

    Path file = written(Texts.class, values);

    assertThat(Reading.of(CsvFiles.read(file, Texts.class)).values())
        .as("seed %s", seed)
        .isEqualTo(values);
    assertThat(JacksonCsv.read(file).subList(1, values.size() + 1)).isEqualTo(cells);
  }

  @Test
  void filesThatJacksonWritesAreRead() throws Exception {
    long seed = Long.getLong("seed", 32);
    SplittableRandom random = new SplittableRandom(seed);
    List<Texts> values = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      values.add(
          new Texts(
              RandomText.of(random, RandomText.ANY),
              Optional.of(RandomText.of(random, RandomText.ANY) + "x"),
              "x" + RandomText.of(random, RandomText.ANY)));
    }
    Path file = folder.resolve("jackson.csv");
    JacksonCsv.write(
        file,
        values.stream()
            .map(each -> List.of(each.one(), each.two().orElseThrow(), each.three()))
            .toList());

    List<Texts> read = Reading.of(CsvFiles.read(file, Texts.class)).values();
    for (int i = 0; i < values.size(); i++) {
      assertThat(read.get(i)).as("seed %s, record %s", seed, i).isEqualTo(values.get(i));
    }
    assertThat(read).hasSameSizeAs(values);
  }

  @Test
  void numbersOfAllKindsAreReadBackAsTheyAre() throws Exception {
    Numbers largest =
        new Numbers(
            true,
            Byte.MAX_VALUE,
            Short.MIN_VALUE,
            Integer.MIN_VALUE,
            Long.MAX_VALUE,
            Float.MIN_VALUE,
            Double.MAX_VALUE,
            ',',
            7,
            new BigDecimal("1.2300"),
            BigInteger.TWO.pow(100),
            Optional.of(1L << 60));
    Numbers oddest =
        new Numbers(
            false,
            (byte) -1,
            (short) 0,
            0,
            0,
            Float.NEGATIVE_INFINITY,
            -0.0,
            '"',
            0,
            new BigDecimal("1E+30"),
            BigInteger.ZERO,
            Optional.empty());
    List<Numbers> values = List.of(largest, oddest);

    assertThat(Reading.of(CsvFiles.read(written(Numbers.class, values), Numbers.class)).values())
        .isEqualTo(values);
  }

  @Test
  void timesAreReadBackAsTheyAreWithTheirZones() throws Exception {
    LocalDateTime time = LocalDateTime.of(2001, 2, 3, 4, 5, 6, 7);
    ZonedDateTime zoned = time.atZone(ZoneId.of("Europe/Berlin"));
    List<Times> values =
        List.of(
            new Times(
                Instant.parse("2001-02-03T04:05:06.000000007Z"),
                time.toLocalDate(),
                time.toLocalTime(),
                time,
                zoned.toOffsetDateTime(),
                zoned,
                Duration.ofNanos(-1),
                DayOfWeek.FRIDAY,
                Optional.of(Instant.EPOCH),
                new UUID(1, 2)),
            new Times(
                Instant.EPOCH,
                LocalDate.EPOCH,
                LocalTime.MIDNIGHT,
                time,
                OffsetDateTime.MAX,
                time.atZone(ZoneOffset.UTC),
                Duration.ofDays(1000),
                DayOfWeek.SUNDAY,
                Optional.empty(),
                new UUID(-1, -1)));

    Path file = written(Times.class, values);

    assertThat(Files.readString(file)).contains("2001-02-03", "Europe/Berlin", "PT-0.000000001S");
    assertThat(Reading.of(CsvFiles.read(file, Times.class)).values()).isEqualTo(values);
  }

  @Test
  @SuppressWarnings("NullAway") // What is refused.
  void nullAndHalfOfACharacterAreNotWritten() throws Exception {
    SinkWriter<Pair, PendingFile> writer =
        CsvFiles.write(folder.resolve("out"), Pair.class).openWriter(SinkRun.context("rows", 0, 1));

    assertThatThrownBy(() -> writer.write(new Pair(null, 1)))
        .isInstanceOf(ValueRejectedException.class)
        .hasMessage("since its column \"name\" is null, which only an Optional may be");
    assertThatThrownBy(() -> writer.write(new Pair("\ud83d", 1)))
        .isInstanceOf(ValueRejectedException.class)
        .hasMessage("since a text in it has half of a character");
    assertThat(writer.prepare(new CheckpointId(1)).makeDurable()).isEmpty();
  }
}
