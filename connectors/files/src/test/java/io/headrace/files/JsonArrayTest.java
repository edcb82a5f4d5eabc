package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.files.Reading.Word;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class JsonArrayTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("array.json");
  }

  private List<JsonNode> read(String text) throws IOException {
    Path file = Reading.write(file(), text);
    return Reading.of(JsonArray.read(file, JsonNode.class)).values();
  }

  private void assertRefused(Path file, String words) {
    assertThatThrownBy(() -> Reading.skipping(JsonArray.read(file, JsonNode.class)))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[ ]", " \n[\r\n\t] \n", "\ufeff[]"})
  void anEmptyArrayHasNoElements(String text) throws IOException {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void arraysOfAnyJsonAreReadAsJacksonReadsThem() throws IOException {
    long seed = Long.getLong("seed", 10);
    RandomJson random = new RandomJson(seed);
    for (int i = 0; i < 500; i++) {
      List<JsonNode> values = random.values();
      String text = random.arrayOf(values);

      assertThat(read(text)).as("seed %s, array %s", seed, i).isEqualTo(values);
    }
  }

  @Test
  void anArrayThatIsCutOffAnywhereIsRefused() throws IOException {
    long seed = Long.getLong("seed", 11);
    RandomJson random = new RandomJson(seed);
    for (int i = 0; i < 40; i++) {
      byte[] bytes = random.arrayOf(random.values()).strip().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < bytes.length; length++) {
        Path file = Reading.write(file(), Arrays.copyOf(bytes, length));
        assertRefused(file, "File " + file + ", line ");
      }
    }
  }

  @Test
  void whateverIsChangedIsReadOrRefusedAndNothingElse() throws IOException {
    long seed = Long.getLong("seed", 13);
    RandomJson json = new RandomJson(seed);
    SplittableRandom random = new SplittableRandom(seed);
    String marks = "[]{},:\"\\ \n0n\u0000";
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = json.arrayOf(json.values()).getBytes(StandardCharsets.UTF_8);
      for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) marks.charAt(random.nextInt(marks.length()));
      }
      FileSource<JsonNode> source = JsonArray.read(Reading.write(file(), bytes), JsonNode.class);
      try {
        Reading.skipping(source);
      } catch (HeadraceException refusal) {
        assertThat(refusal.code()).as("seed %s, %s", seed, i).isEqualTo(ErrorCode.INPUT_REFUSED);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|the file does not begin with '['",
        "'  '|the file does not begin with '['",
        "'{}'|the file does not begin with '['",
        "'7'|the file does not begin with '['",
        "'['|the file ends within the array",
        "'[1'|the file ends within the array",
        "'[1,'|the file ends within the array",
        "'[\"a]'|the file ends within the array",
        "'[\"a\\'|the file ends within the array",
        "'[{]'|the file ends within the array",
        "'[1] 2'|something follows the array",
        "'[] []'|something follows the array",
        "'[1],'|something follows the array",
      })
  void whatIsNoArrayIsRefusedEvenIfElementsMayBeSkipped(String text, String reason) {
    Path file = Reading.write(file(), text);

    assertRefused(
        file,
        "File "
            + file
            + ", line 1 is not part of a JSON array: "
            + reason
            + ". Mend the file; what follows cannot be found in it as it is.");
  }

  @Test
  void theLineOfARefusalIsWhereItIs() {
    assertRefused(Reading.write(file(), "[1,\n2,\n\n3]\n\nx"), "line 6 is not part");
    assertRefused(Reading.write(file(), "[1,\n2\n\n"), "line 4 is not part");
    assertRefused(Reading.write(file(), "[1,\n\"a\\"), "line 2 is not part");
    for (int shift = 0; shift < 3; shift++) {
      String manyLines = "[" + " ".repeat(shift) + "1,\n".repeat(30_000) + "\"a\\";
      assertRefused(Reading.write(file(), manyLines), "line 30001 is not part");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1,]|1|1",
        "[,1]|1|1",
        "[1,,2]|1,2|1",
        "[,]|''|2",
        "[1 2,3]|3|1",
        "[1,{\"a\":1],2]|1,2|1",
        "[tru,1]|1|1",
      })
  void whatIsMissingBetweenCommasIsAMalformedElement(String text, String rest, int skipped)
      throws IOException {
    Path file = Reading.write(file(), text);

    Reading<JsonNode> reading = Reading.skipping(JsonArray.read(file, JsonNode.class));

    assertThat(reading.values().stream().map(JsonNode::toString))
        .containsExactly(rest.isEmpty() ? new String[0] : rest.split(",", -1));
    assertThat(reading.malformed()).hasSize(skipped);
    assertThatThrownBy(() -> Reading.of(JsonArray.read(file, JsonNode.class)))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("File " + file + ", line 1: ");
  }

  @Test
  void aMalformedElementIsToldWithTheLineItBeginsIn() throws IOException {
    String text = "[\n" + Reading.json(1, "a") + ",\n {\n\"id\":\n\"x\"}, \n\n7]";
    FileSource<Word> source = JsonArray.read(Reading.write(file(), text), Word.class);

    assertThat(Reading.skipping(source).linesOfMalformed()).containsExactly(3L, 7L);
  }

  @Test
  void spaceBetweenElementsIsReadWhereverItIsAndIsBounded() throws IOException {
    String space = "\n ".repeat(200_000);

    assertThat(read("[" + space + "1" + space + "," + space + "2" + "]" + space)).hasSize(2);
    assertRefused(Reading.write(file(), "[" + space + space + space + "1]"), "longer than 1048576");
  }

  @Test
  void theEndIsFoundAgainFromThePositionAtIt() throws IOException {
    Path file = Reading.write(file(), "[1, 2]\n");
    FileSource<JsonNode> source = JsonArray.read(file, JsonNode.class);
    FilePosition end = Reading.of(source).after().get(1);

    assertThat(Reading.from(source, end).values()).isEmpty();
    Reading.write(file, "[1, 2, 3]");
    assertThat(Reading.from(source, end).values()).hasSize(1);
    Reading.write(file, "[1, 2");
    assertThatThrownBy(() -> Reading.from(source, end)).isInstanceOf(HeadraceException.class);
  }
}
