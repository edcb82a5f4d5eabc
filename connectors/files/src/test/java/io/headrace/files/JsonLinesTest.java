package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.api.HeadraceException;
import io.headrace.files.Reading.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class JsonLinesTest {

  private static final String A = Reading.json(1, "a");
  private static final String B = Reading.json(2, "b");
  private static final int LONGEST_ELEMENT = 1 << 20;
  private static final int CHUNK = 1 << 16;

  @TempDir Path folder;

  private Path write(String text) {
    return Reading.write(folder.resolve("lines.json"), text);
  }

  private Reading<Word> read(String text) throws IOException {
    return Reading.of(JsonLines.read(write(text), Word.class));
  }

  private List<Long> linesOfMalformed(String text) throws IOException {
    return Reading.skipping(JsonLines.read(write(text), Word.class)).linesOfMalformed();
  }

  @Test
  void linesEndWithOneOrTwoCharactersAndTheLastMayEndWithout() throws IOException {
    List<Word> both = List.of(new Word(1, "a"), new Word(2, "b"));

    assertThat(read(A + "\n" + B + "\n").values()).isEqualTo(both);
    assertThat(read(A + "\n" + B).values()).isEqualTo(both);
    assertThat(read(A + "\r\n" + B + "\r\n").values()).isEqualTo(both);
    assertThat(read(A + "\r\n" + B).values()).isEqualTo(both);
    assertThat(read(A + "\n" + B + "\r").values()).isEqualTo(both);
  }

  @Test
  void blankLinesAreNoElements() throws IOException {
    assertThat(read("\n\n \t\r\n" + A + "\n\n\r\n" + B + "\n  \t").values()).hasSize(2);
    assertThat(read("\n" + A).after().get(0).elements()).isEqualTo(1);
    assertThat(linesOfMalformed("\0\n" + A)).containsExactly(1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "\r\n", "   ", "\n\n\n\t", "\ufeff", "\ufeff\n\n"})
  void aFileWithoutElementsHasNone(String text) throws IOException {
    assertThat(read(text).values()).isEmpty();
  }

  @Test
  void aByteOrderMarkIsPassedOverOnlyAtTheBeginning() throws IOException {
    assertThat(read("\ufeff" + A + "\n" + B).values()).hasSize(2);
    assertThat(read("\ufeff \n" + A + "\n" + B).values()).hasSize(2);
    assertThat(linesOfMalformed("\ufeff\ufeff\ufeff" + A)).hasSize(1);
    assertThat(linesOfMalformed(A + "\n\ufeff\n" + B)).containsExactly(2L);
    byte[] half = {(byte) 0xef, (byte) 0xbb, '\n'};
    Path file = Reading.write(folder.resolve("half.json"), half);
    assertThatThrownBy(() -> Reading.of(JsonLines.read(file, Word.class)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("line 1: ");
  }

  @Test
  void linesAreCountedFromOneWhateverEndsThem() throws IOException {
    assertThat(linesOfMalformed("x\n" + A + "\r\n\nx\r\n \n\nx")).containsExactly(1L, 4L, 7L);
    assertThat(linesOfMalformed("\ufeff\n\nx")).containsExactly(3L);
  }

  @Test
  void theLineOfAMalformedElementIsTheSameFromAnyPosition() throws IOException {
    Path file = write(A + "\n\n" + B + "\n\r\n" + A + "\nx\n");
    FileSource<Word> source = JsonLines.read(file, Word.class);
    for (FilePosition position : Reading.skipping(source).after()) {
      assertThat(Reading.skipping(source, position).linesOfMalformed()).containsExactly(6L);
      assertThatThrownBy(() -> Reading.from(source, position))
          .hasMessageContaining("File " + file + ", line 6: ");
    }
  }

  @Test
  void anElementEndsWithItsLine() throws IOException {
    assertThat(linesOfMalformed("{\"id\":1,\n\"text\":\"a\"}\n" + A)).containsExactly(1L, 2L);
  }

  @Test
  void whatAnEndedFileGetsLaterFollowsFromTheSamePosition() throws IOException {
    Path file = write(A + "\n");
    FileSource<Word> source = JsonLines.read(file, Word.class);
    FilePosition end = Reading.of(source).after().get(0);
    Files.writeString(file, A + "\n" + B + "\n");

    assertThat(Reading.from(source, end).values()).containsExactly(new Word(2, "b"));
  }

  @Test
  void theLongestElementIsReadWhereverItLies() throws IOException {
    SplittableRandom random = new SplittableRandom(2);
    String text = "y".repeat(LONGEST_ELEMENT - Reading.json(1, "").length());
    for (int i = 0; i < 8; i++) {
      String first = Reading.json(3, "x".repeat(random.nextInt(3 * CHUNK)));
      String end = i % 2 == 0 ? "" : "\n" + A;

      Reading<Word> reading = read(first + "\n" + Reading.json(1, text) + end);

      assertThat(reading.values()).contains(new Word(1, text)).hasSize(2 + i % 2);
    }
  }

  @Test
  void aLineWithoutEndIsRefusedWithItsNumberAndItsMemoryIsBounded() throws IOException {
    Path file = write(A + "\n" + "x".repeat(3 * LONGEST_ELEMENT));

    assertThatThrownBy(() -> Reading.skipping(JsonLines.read(file, Word.class)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining(
            "File "
                + file
                + ", line 2: an element is longer than 1048576 bytes. Split it, or mend the file"
                + " if something that ends it is missing.");
  }

  @Test
  void bytesOfAnyKindAreMalformedAndNothingElse() throws IOException {
    long seed = Long.getLong("seed", 9);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] good = ("\n" + A + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] alphabet = {0, 0, (byte) 0xfe, (byte) 0xff, (byte) 0xef, '{', '"', '[', 'n', '\\', ' '};
    for (int i = 0; i < 3_000; i++) {
      byte[] line = new byte[random.nextInt(1, 12)];
      random.nextBytes(line);
      for (int at = 0; at < line.length; at++) {
        boolean isPlain = random.nextBoolean() || line[at] == '\n';
        line[at] = isPlain ? alphabet[random.nextInt(alphabet.length)] : line[at];
      }
      Path file = folder.resolve("random.json");
      Files.write(file, line);
      Files.write(file, good, StandardOpenOption.APPEND);

      Reading<Word> reading = Reading.skipping(JsonLines.read(file, Word.class));

      assertThat(reading.values()).as("seed %s, line %s", seed, i).hasSize(1);
      assertThat(reading.malformed()).as("seed %s, line %s", seed, i).hasSizeLessThan(2);
    }
  }

  @Test
  void linesOfAnyJsonAreReadAsJacksonReadsThem() throws IOException {
    long seed = Long.getLong("seed", 12);
    RandomJson random = new RandomJson(seed);
    for (int i = 0; i < 200; i++) {
      List<JsonNode> values = random.values();
      StringBuilder text = new StringBuilder();
      values.forEach(each -> text.append(random.text(each, "")).append('\n'));
      Path file = write(text.toString());

      assertThat(Reading.of(JsonLines.read(file, JsonNode.class)).values())
          .as("seed %s, file %s", seed, i)
          .isEqualTo(values);
    }
  }
}
