package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class CsvFilesTest {

  @TempDir Path folder;

  record Pair(String name, int count) {

    /** No column, since the constructor does not take it. */
    public boolean isEmpty() {
      return count == 0;
    }
  }

  record Texts(String one, Optional<String> two, String three) {}

  record Renamed(@JsonProperty("flight date") LocalDate date, int delay) {}

  record Checked(int count) {
    Checked {
      if (count < 0) {
        throw new IllegalArgumentException("a count is not below zero");
      }
    }
  }

  private Path file() {
    return folder.resolve("rows.csv");
  }

  private <T> Reading<T> read(Class<T> type, String text) throws IOException {
    return Reading.of(CsvFiles.read(Reading.write(file(), text), type));
  }

  private List<Pair> pairs(String text) throws IOException {
    return read(Pair.class, text).values();
  }

  private static void assertRefused(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  // Records and cells

  @Test
  void recordsAreReadByTheNamesInTheFirst() throws IOException {
    List<Pair> both = List.of(new Pair("a", 1), new Pair("b", 2));

    assertThat(pairs("name,count\na,1\nb,2\n")).isEqualTo(both);
    assertThat(pairs("count,name\r\n1,a\r\n2,b")).isEqualTo(both);
    assertThat(pairs("\ufeff\"name\",\"count\"\n\"a\",\"1\"\n\n\r\nb,2\n\n")).isEqualTo(both);
    assertThat(pairs("\n\nname,count\n")).isEmpty();
    assertThat(read(Renamed.class, "delay,flight date\n7,2001-02-03\n").values())
        .containsExactly(new Renamed(LocalDate.of(2001, 2, 3), 7));
  }

  @Test
  void cellsInQuotesHoldAnything() throws IOException {
    assertThat(pairs("name,count\n\"a,\n\"\"b\"\"\r\n\",1\n\"\",2\n,3\n"))
        .containsExactly(new Pair("a,\n\"b\"\r\n", 1), new Pair("", 2), new Pair("", 3));
    assertThat(pairs("\"count\",\"name\"\n1, \n2,\"\"\"\"\n3,\n"))
        .containsExactly(new Pair(" ", 1), new Pair("\"", 2), new Pair("", 3));
  }

  @Test
  void whatMayBeAbsentIsAbsentIfThereIsNothing() throws IOException {
    assertThat(read(Texts.class, "one,two,three\n,,\n\"\",\"\",\"\"\na,b,c\n").values())
        .containsExactly(
            new Texts("", Optional.empty(), ""),
            new Texts("", Optional.of(""), ""),
            new Texts("a", Optional.of("b"), "c"));
  }

  @Test
  void positionsAreThoseOfRecordsAndLinesThoseOfTheFile() throws IOException {
    String text = "name,count\n\"a\n\n\",1\nb,2\nc,x\n";
    FileSource<Pair> source = CsvFiles.read(Reading.write(file(), text), Pair.class);

    Reading<Pair> reading = Reading.skipping(source);

    assertThat(reading.after().stream().map(FilePosition::offset)).containsExactly(19L, 23L);
    assertThat(reading.betweenPolls().get(0).offset()).isEqualTo(11);
    assertThat(reading.betweenPolls().get(0).elements()).isZero();
    assertThat(reading.linesOfMalformed()).containsExactly(6L);
    assertThat(reading.malformed().get(0).bytes()).asString().isEqualTo("c,x");
  }

  // What is refused

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "name|column \"count\" is missing",
        "name,count,more|column \"more\" is unknown",
        "name,Count|column \"Count\" is unknown; column \"count\" is missing",
        "name,count,name|column \"name\" is there twice",
        "name, count|column \" count\" is unknown; column \"count\" is missing",
        "name;count|column \"name;count\" is unknown; column \"name\" is missing; column",
        "name,count,|column \"\" is unknown",
        "a,1|column \"a\" is unknown; column \"1\" is unknown; column \"name\" is missing; column",
        "name,count,empty|column \"empty\" is unknown",
      })
  void columnsThatDoNotFitAreRefusedAtTheStartByTheirNames(String header, String problems) {
    Path file = Reading.write(file(), header + "\na,1\n");

    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> Reading.skipping(CsvFiles.read(file, Pair.class)),
        "File " + file + " does not have the columns of ",
        "(name, count): " + problems,
        ". Mend its header, or the type.");
  }

  @Test
  void aFileWithoutAHeaderIsRefused() {
    for (String text : List.of("", "\n\r\n", "\ufeff")) {
      Path file = Reading.write(file(), text);
      assertRefused(
          ErrorCode.INPUT_REFUSED,
          () -> Reading.of(CsvFiles.read(file, Pair.class)),
          "File " + file + ", line ",
          "should name the columns, but the file has nothing in it");
    }
    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> pairs("name,c\"ount\n"),
        "line 1 does not name the columns: cell 2 has a quote");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a|it has 1 cells, but there are 2 columns",
        "a,1,|it has 3 cells, but there are 2 columns",
        "a,x|from String \"x\": not a valid `int` value, at count, in \"a,x\".",
        "a,1.5|Cannot deserialize value of type `int` from String \"1.5\"",
        "a,99999999999|Overflow: numeric value (99999999999) out of range of int",
        "a,|column \"count\" is empty",
        "a,\"\"|column \"count\" is empty",
        "a\"b,1|cell 1 has a quote or an end of line in it and does not begin with a quote",
        "a\"b\",1|cell 1 has a quote or an end of line",
        "\"a\"b,1|something follows the quotes of cell 1",
        "\"a\" ,1|something follows the quotes of cell 1",
        "` \"a\",1`|cell 1 has a quote or an end of line",
        "a,\"1\"\"|a quote is not closed",
      })
  void aMalformedRecordIsRefusedWithFileLineAndReasonOrSkipped(String record, String reason)
      throws IOException {
    Path file = Reading.write(file(), "name,count\nb,2\n" + record + "\nc,3\n");
    if (reason.equals("a quote is not closed")) {
      assertRefused(
          ErrorCode.INPUT_REFUSED,
          () -> Reading.skipping(CsvFiles.read(file, Pair.class)),
          "File " + file + ", line 3 has a quote that is not closed before the end of the file");
      return;
    }
    Reading<Pair> rest = Reading.skipping(CsvFiles.read(file, Pair.class));

    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> Reading.of(CsvFiles.read(file, Pair.class)),
        "File " + file + ", line 3: ",
        reason,
        "or pass such input with skipFailures() or deadLetters()");
    assertThat(rest.values()).containsExactly(new Pair("b", 2), new Pair("c", 3));
    assertThat(rest.linesOfMalformed()).containsExactly(3L);
  }

  @Test
  void aNumberThatMayBeAbsentIsSoAlsoWithQuotesAroundNothing() throws IOException {
    record Perhaps(int id, Optional<Integer> number) {}

    assertThat(read(Perhaps.class, "id,number\n1,\n2,\"\"\n3,4\n").values())
        .containsExactly(
            new Perhaps(1, Optional.empty()),
            new Perhaps(2, Optional.empty()),
            new Perhaps(3, Optional.of(4)));
  }

  @Test
  void whatTheTypeRefusesIsMalformed() throws IOException {
    Path file = Reading.write(file(), "count\n1\n-1\n");

    Reading<Checked> reading = Reading.skipping(CsvFiles.read(file, Checked.class));

    assertThat(reading.malformed()).hasSize(1);
    assertThat(reading.malformed().get(0).reason())
        .contains("a count is not below zero", "in \"-1\"");
  }

  @Test
  void whatIsNoUtf8IsMalformed() throws IOException {
    byte[] bytes = "name,count\na_,1\nb,2\n".getBytes(StandardCharsets.UTF_8);
    bytes[12] = (byte) 0xc3;
    Path file = Reading.write(file(), bytes);

    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> Reading.of(CsvFiles.read(file, Pair.class)),
        "line 2: it is no UTF-8");
  }

  @Test
  void aQuoteThatIsNotClosedEndsAtABound() {
    String endless = "x,\n".repeat(700_000);

    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> pairs("name,count\nb,2\n\"" + endless),
        "line 3: an element is longer than 1048576 bytes. Split it, or mend the file");
    assertRefused(
        ErrorCode.INPUT_REFUSED,
        () -> pairs("name,count\nb,2\nc,\"3\n\n\n"),
        "line 3 has a quote that is not closed before the end of the file. Mend the file");
  }

  @ParameterizedTest
  @ValueSource(classes = {String.class, Object.class, int.class, Runnable.class, Thread.class})
  void aTypeThatIsNoRecordIsRefused(Class<?> type) {
    assertRefused(
        ErrorCode.INVALID_JOB,
        () -> CsvFiles.read(file(), type),
        "Values of type " + type.getName() + " are no records of a CSV file: ");
  }

  @Test
  void componentsThatAreNoCellsAreRefusedByName() {
    record Nested(int id, Pair pair, List<String> list, Optional<Pair> perhaps) {}
    record Absent(Optional<String> only) {}
    record Empty() {}

    assertRefused(
        ErrorCode.INVALID_JOB,
        () -> CsvFiles.write(folder, Nested.class),
        "component pair is of type ",
        "component list is of type java.util.List<java.lang.String>",
        "component perhaps is of type java.util.Optional<");
    assertRefused(
        ErrorCode.INVALID_JOB, () -> CsvFiles.write(folder, Absent.class), "may be absent");
    assertRefused(ErrorCode.INVALID_JOB, () -> CsvFiles.write(folder, Empty.class), "no record");
  }

  @Test
  void anEnumIsItsNameAndNotItsNumber() {
    record Day(DayOfWeek day) {}
    for (String wrong : List.of("0", "friday", "FRIDAYS", "")) {
      Path file = Reading.write(file(), "day\nMONDAY\n\"" + wrong + "\"\n");
      assertRefused(
          ErrorCode.INPUT_REFUSED, () -> Reading.of(CsvFiles.read(file, Day.class)), "line 3: ");
    }
  }

  @Test
  void bytesOfAnyKindAreReadOrRefusedAndNothingElse() throws IOException {
    SplittableRandom random = new SplittableRandom(Long.getLong("seed", 33));
    String marks = "\"\",,\r\n\na1 \\\0ü";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder("name,count\n");
      for (int left = random.nextInt(30); left > 0; left--) {
        text.append(marks.charAt(random.nextInt(marks.length())));
      }
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      Path file = Reading.write(file(), bytes);
      try {
        Reading.skipping(CsvFiles.read(file, Pair.class));
      } catch (HeadraceException refusal) {
        assertThat(refusal.code()).as("%s", text).isEqualTo(ErrorCode.INPUT_REFUSED);
      }
    }
  }
}
