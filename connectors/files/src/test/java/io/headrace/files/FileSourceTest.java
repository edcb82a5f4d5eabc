package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MalformedInput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import io.headrace.files.Reading.Word;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for lines and arrays alike. */
@Timeout(120)
final class FileSourceTest {

  private static final String MARK = "\ufeff";

  /** With more, an element with an id of one digit is too long. */
  private static final int MOST_TEXT = (1 << 20) - Reading.json(1, "").length();

  private static final int CHUNK = 1 << 16;

  @TempDir Path folder;

  /** How elements follow each other. */
  enum Format {
    LINES {
      @Override
      String text(List<String> elements) {
        return String.join("\n", elements) + "\n";
      }

      @Override
      <T> FileSource<T> source(Path file, Class<T> type) {
        return JsonLines.read(file, type);
      }
    },
    WINDOWS_LINES {
      @Override
      String text(List<String> elements) {
        return MARK + String.join("\r\n\r\n \t\r\n", elements);
      }

      @Override
      <T> FileSource<T> source(Path file, Class<T> type) {
        return JsonLines.read(file, type);
      }
    },
    ARRAY {
      @Override
      String text(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
      }

      @Override
      <T> FileSource<T> source(Path file, Class<T> type) {
        return JsonArray.read(file, type);
      }
    },
    SPACED_ARRAY {
      @Override
      String text(List<String> elements) {
        return MARK + " \n[ \t" + String.join(" \r\n,\n ", elements) + "\n] \r\n";
      }

      @Override
      <T> FileSource<T> source(Path file, Class<T> type) {
        return JsonArray.read(file, type);
      }
    };

    abstract String text(List<String> elements);

    abstract <T> FileSource<T> source(Path file, Class<T> type);

    FileSource<Word> words(Path file) {
      return source(file, Word.class);
    }
  }

  private Path file() {
    return folder.resolve("words.json");
  }

  private static List<String> elements(int count) {
    List<String> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(Reading.json(i, "grün €\\n\\\"" + i + "😀[{,"));
    }
    return elements;
  }

  private static void assertRefused(ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED);
              assertThat(refusal).hasMessageContainingAll(words);
            });
  }

  // What is delivered

  @ParameterizedTest
  @EnumSource
  void everyElementIsDeliveredInItsOrder(Format format) throws IOException {
    Reading.write(file(), format.text(elements(3)));

    assertThat(Reading.of(format.words(file())).values())
        .containsExactly(
            new Word(0, "grün €\n\"0😀[{,"),
            new Word(1, "grün €\n\"1😀[{,"),
            new Word(2, "grün €\n\"2😀[{,"));
  }

  @ParameterizedTest
  @EnumSource
  void unknownPropertiesAreIgnored(Format format) throws IOException {
    Reading.write(file(), format.text(List.of("{\"id\":1,\"more\":[{}],\"text\":\"a\"}")));

    assertThat(Reading.of(format.words(file())).values()).containsExactly(new Word(1, "a"));
  }

  @ParameterizedTest
  @EnumSource
  void aPollDeliversSomeHundredsAtMost(Format format) throws IOException {
    Reading.write(file(), format.text(elements(1000)));
    FileSource<Word> source = format.words(file());
    List<Integer> polls = new ArrayList<>();

    try (FileReader<Word> reader = Reading.open(source, FilePosition.START)) {
      SourceReader.Poll poll = SourceReader.Poll.MORE;
      while (poll == SourceReader.Poll.MORE) {
        List<Word> values = new ArrayList<>();
        poll = reader.poll(values::add);
        polls.add(values.size());
      }
      assertThat(reader.poll(value -> {})).isEqualTo(SourceReader.Poll.END);
    }

    assertThat(polls).allMatch(each -> each <= 256);
    assertThat(polls.stream().mapToInt(each -> each).sum()).isEqualTo(1000);
  }

  @ParameterizedTest
  @EnumSource
  void theEndIsToldTogetherWithTheLastElement(Format format) throws IOException {
    for (int count : new int[] {1, 255, 256, 257, 512}) {
      Reading.write(file(), format.text(elements(count)));
      try (FileReader<Word> reader = Reading.open(format.words(file()), FilePosition.START)) {
        List<Word> values = new ArrayList<>();
        while (reader.poll(values::add) == SourceReader.Poll.MORE) {
          assertThat(values).hasSizeLessThan(count);
        }

        assertThat(values).hasSize(count);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void charactersMayLieAcrossTheEdgesOfWhatIsReadAtOnce(Format format) throws IOException {
    for (int shift = 0; shift < 12; shift++) {
      List<Word> words = new ArrayList<>();
      List<String> elements = new ArrayList<>();
      for (int id = 0; id < 4; id++) {
        String text = "x".repeat(id == 0 ? shift : 0) + "ä€😀\u2028".repeat(CHUNK / 40);
        words.add(new Word(id, text));
        elements.add(Reading.json(id, text));
      }
      Reading.write(file(), format.text(elements));

      assertThat(Reading.of(format.words(file())).values()).as("shift %s", shift).isEqualTo(words);
    }
  }

  // Positions

  @ParameterizedTest
  @EnumSource
  void fromThePositionBehindAnyElementTheRestIsTheSame(Format format) throws IOException {
    Reading.write(file(), format.text(elements(30)));
    FileSource<Word> source = format.words(file());
    Reading<Word> whole = Reading.of(source);
    for (int k = 0; k < 30; k++) {
      Reading<Word> rest = Reading.from(source, whole.after().get(k));

      assertThat(rest.values()).isEqualTo(whole.values().subList(k + 1, 30));
      assertThat(rest.after()).isEqualTo(whole.after().subList(k + 1, 30));
      assertThat(last(rest.betweenPolls())).isEqualTo(last(whole.betweenPolls()));
      assertThat(whole.after().get(k).elements()).isEqualTo(k + 1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void fromThePositionBetweenAnyPollsTheRestIsTheSame(Format format) throws IOException {
    Reading.write(file(), format.text(elements(5000)));
    FileSource<Word> source = format.words(file());
    Reading<Word> whole = Reading.of(source);
    assertThat(whole.betweenPolls()).hasSizeGreaterThan(19);
    for (FilePosition position : whole.betweenPolls()) {
      Reading<Word> rest = Reading.from(source, position);

      assertThat(rest.values()).isEqualTo(whole.values().subList((int) position.elements(), 5000));
    }
  }

  @ParameterizedTest
  @EnumSource
  void elementsThatWereSkippedAreSkippedAgainAndPositionsStayTheSame(Format format)
      throws IOException {
    List<String> elements = elements(9);
    elements.set(0, "nonsense");
    elements.set(4, "{}");
    elements.set(8, "{\"id\":\"x\"}");
    Reading.write(file(), format.text(elements));
    FileSource<Word> source = format.words(file());
    Reading<Word> whole = Reading.skipping(source);
    assertThat(whole.values().stream().map(Word::id)).containsExactly(1, 2, 3, 5, 6, 7);
    assertThat(whole.malformed()).hasSize(3);
    for (int k = 0; k < 6; k++) {
      Reading<Word> rest = Reading.skipping(source, whole.after().get(k));

      assertThat(rest.values()).isEqualTo(whole.values().subList(k + 1, 6));
      assertThat(rest.after()).isEqualTo(whole.after().subList(k + 1, 6));
      assertThat(rest.linesOfMalformed())
          .isEqualTo(whole.linesOfMalformed().subList(k < 3 ? 1 : 2, 3));
    }
  }

  // Files that change

  @ParameterizedTest
  @EnumSource
  void anyChangeBeforeThePositionIsRefusedThere(Format format) throws IOException {
    Path file = Reading.write(file(), format.text(elements(4)));
    byte[] bytes = Files.readAllBytes(file);
    FileSource<Word> source = format.words(file);
    FilePosition position = Reading.of(source).after().get(2);
    for (int at = 0; at < position.offset(); at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Reading.write(file, changed);
      assertRefused(
          () -> Reading.from(source, position),
          "File " + file + " was changed after it was read up to byte " + position.offset(),
          "Bring the file back as it was; new input goes into new files.");
    }
    for (int length = 0; length < position.offset(); length++) {
      Reading.write(file, Arrays.copyOf(bytes, length));
      assertRefused(() -> Reading.from(source, position), file + " was changed");
    }
    Reading.write(file, bytes);
    assertThat(Reading.from(source, position).values()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource
  void anotherFileInItsPlaceIsRefused(Format format) throws IOException {
    Path file = Reading.write(file(), format.text(elements(4)));
    FileSource<Word> source = format.words(file);
    FilePosition position = Reading.of(source).after().get(2);
    Files.delete(file);
    assertRefused(
        () -> Reading.from(source, position),
        "File %s of source \"source\" is not there any more. It was read up to %s. Bring it back as it was"
            .formatted(file, position));
    assertThat(position.toString()).matches("line \\d+ \\(byte \\d+\\)");

    List<String> others = elements(4);
    others.replaceAll(each -> each.replace("gr", "br"));
    Reading.write(file, format.text(others));

    assertRefused(() -> Reading.from(source, position), "File " + file + " was changed");
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsCutOffWhileItIsReadIsRefusedAndNotTakenForItsEnd(Format format)
      throws IOException {
    Path file = Reading.write(file(), format.text(elements(5000)));
    FileSource<Word> source = format.words(file);
    try (FileReader<Word> reader = Reading.open(source, FilePosition.START)) {
      reader.poll(value -> {});
      byte[] start = Arrays.copyOf(Files.readAllBytes(file), 100);
      Reading.write(file, start);

      assertRefused(
          () -> {
            while (reader.poll(value -> {}) == SourceReader.Poll.MORE) {
              assertThat(reader.position().elements()).isLessThan(5000);
            }
          },
          "File " + file + " was cut off at byte 100 while it was read");
    }
  }

  // Elements that are too long

  @ParameterizedTest
  @Tag("S23")
  @EnumSource
  void whetherAnElementIsTooLongDoesNotDependOnWhereReadingBegan(Format format) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 6; i++) {
      String first = Reading.json(1, "x".repeat(random.nextInt(3 * CHUNK)));
      int tooMuch = i % 2 == 0 ? 1 : random.nextInt(1, CHUNK);
      String second = Reading.json(2, "y".repeat(MOST_TEXT + tooMuch));
      Path file = Reading.write(file(), format.text(List.of(first, second, first)));
      FileSource<Word> source = format.words(file);
      String[] words = {"File " + file + ", line ", ": an element is longer than 1048576 bytes."};

      List<FilePosition> behind = new ArrayList<>();
      try (FileReader<Word> reader = Reading.open(source, FilePosition.START)) {
        assertRefused(() -> reader.poll(value -> behind.add(reader.position())), words);
      }
      assertThat(behind).hasSize(1);
      assertRefused(() -> Reading.from(source, behind.get(0)), words);
    }
  }

  // Elements that are malformed

  @ParameterizedTest
  @EnumSource
  void aMalformedElementIsRefusedWithFileLineAndReason(Format format) throws IOException {
    List<String> elements = elements(3);
    elements.set(2, "{\"id\":\"x\",\"text\":\"a\"}");
    Path file = Reading.write(file(), format.text(elements));
    String before = format.text(elements).split("\\{\"id\":\"x\"", -1)[0];
    long line = 1 + before.chars().filter(each -> each == '\n').count();

    assertRefused(
        () -> Reading.of(format.words(file)),
        "File " + file + ", line " + line + ": Cannot deserialize value of type `int` from String",
        ", in \"{\"id\":\"x\",\"text\":\"a\"}\". Mend it before the job starts again, or pass such"
            + " input with skipFailures() or deadLetters() on the source's stream.");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMissingOrNoValueIsMalformed(Format format) throws IOException {
    List<String> malformed =
        List.of(
            "{}",
            "{\"id\":1}",
            "{\"id\":null,\"text\":\"a\"}",
            "{\"id\":1,\"text\":null}",
            "{\"id\":1,\"text\":\"a\"} 7",
            "null",
            "7",
            "[]",
            "\"a\"",
            "{\"id\":1,\"text\":\"a\"",
            "nonsense");
    for (String each : malformed) {
      // An array that does not close its braces has no end that could be found.
      if (each.endsWith("\"a\"") && each.startsWith("{") && format.name().endsWith("ARRAY")) {
        continue;
      }
      Reading.write(file(), format.text(List.of(each, Reading.json(2, "b"))));

      Reading<Word> rest = Reading.skipping(format.words(file()));

      assertRefused(() -> Reading.of(format.words(file())), "File " + file() + ", line ");
      assertThat(rest.values()).as(each).containsExactly(new Word(2, "b"));
      assertThat(rest.malformed()).hasSize(1);
      assertThat(rest.malformed().get(0).place()).startsWith("File " + file() + ", line ");
    }
  }

  @Test
  void aTypeThatCannotBeMadeIsTheJobsFaultAndNotTheInputs() throws IOException {
    Path file = Reading.write(file(), "{\"run\":1}\n");

    assertThatThrownBy(() -> Reading.skipping(JsonLines.read(file, Runnable.class)))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            fault -> assertThat(fault.code()).isEqualTo(ErrorCode.INVALID_JOB))
        .hasMessageContaining("Values cannot be read from JSON as java.lang.Runnable: ");
  }

  @Test
  void anExcerptIsShortAndHasNoControlCharacters() throws IOException {
    Path file = Reading.write(file(), "\u0007\u001b[31m" + "x".repeat(100) + "\n");

    MalformedInput told = Reading.skipping(JsonLines.read(file, Word.class)).malformed().get(0);

    assertThat(told.place()).isEqualTo("File " + file + ", line 1");
    assertThat(told.reason()).endsWith(", in \"??[31m" + "x".repeat(34) + "...\"");
  }

  @ParameterizedTest
  @EnumSource
  void theLongestElementIsToldWithAllOfItsBytesAndALongerOneIsRefused(Format format)
      throws IOException {
    String longest = "\"" + "x".repeat(MOST_TEXT) + "\"";
    Reading.write(file(), format.text(List.of("1", longest, Reading.json(2, "b"))));

    Reading<Word> rest = Reading.skipping(format.words(file()));

    assertThat(rest.values()).containsExactly(new Word(2, "b"));
    assertThat(rest.malformed()).hasSize(2);
    assertThat(rest.malformed().get(1).bytes()).asString().contains(longest);
    assertThat(rest.malformed().get(1).reason()).hasSizeLessThan(1100);
    Reading.write(file(), format.text(List.of("1", longest + longest, Reading.json(2, "b"))));
    assertRefused(() -> Reading.skipping(format.words(file())), "longer than 1048576 bytes");
  }

  // Files that are none

  @ParameterizedTest
  @EnumSource
  void aFileThatIsNotThereIsRefusedWithItsWholePathAndTheSource(Format format) {
    Path relative = Path.of("").toAbsolutePath().relativize(file());

    for (Path named : List.of(file(), relative)) {
      assertRefused(
          () -> Reading.of(format.words(named)),
          "File %s of source \"source\" is not there. Nothing of it has been read. Check its path"
              .formatted(named.toAbsolutePath()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFolderIsRefused(Format format) {
    assertRefused(
        () -> Reading.of(format.words(folder)),
        "File " + folder + " is a folder. Name the files in it, not the folder.");
  }

  // The source itself

  @Test
  void eachFileIsASplit() throws IOException {
    Path other = folder.resolve("other.json");
    FileSource<Word> source = JsonLines.read(List.of(file(), other), Word.class);

    assertThat(source.splits().stream().map(Split::name))
        .containsExactly(file().toString(), other.toString());
    assertThat(source.isBounded()).isTrue();
    assertThat(source.type()).isEqualTo(TypeToken.of(Word.class));
    assertThat(source.positionType()).isEqualTo(TypeToken.of(FilePosition.class));
    assertThatThrownBy(() -> source.open("third.json", FilePosition.START, Reading.CONTEXT))
        .hasMessageContaining("File third.json is none of those that the source was given.")
        .extracting(refused -> ((HeadraceException) refused).code())
        .isEqualTo(ErrorCode.INPUT_REFUSED);
  }

  @Test
  void noFileAndAFileNamedTwiceAreRefused() {
    assertThatThrownBy(() -> JsonLines.read(List.of(), Word.class))
        .hasMessageStartingWith(
            "A source of files was given none. Name at least one file, or watch a folder.")
        .extracting(refused -> ((HeadraceException) refused).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
    assertThatThrownBy(() -> JsonLines.read(List.of(file(), file()), Word.class))
        .isInstanceOf(HeadraceException.class)
        .hasMessageStartingWith(
            "File " + file() + " is named twice, and a source reads each file once. Name it once.");
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
