package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.SinkWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what is malformed to a file of dead letters, and back. */
final class DeadLettersTest {

  @TempDir Path folder;

  record Letter(
      String operator, Optional<String> split, String position, String error, byte[] payload) {}

  private static Letter letter(MalformedElement element) {
    return new Letter(
        "flights",
        Optional.of(element.file().toString()),
        Long.toString(element.offset()),
        element.reason(),
        element.bytes());
  }

  private Path written(List<Letter> letters) throws Exception {
    FileSink<Letter> sink = JsonLines.write(folder.resolve("dead"), Letter.class);
    try (Committer<PendingFile> committer =
        sink.openCommitter(SinkRun.context("dead-letters", 0, 1))) {
      committer.recover(List.of());
      SinkWriter<Letter, PendingFile> writer =
          sink.openWriter(SinkRun.context("dead-letters", 0, 1));
      for (Letter letter : letters) {
        writer.write(letter);
      }
      List<PendingFile> files = writer.prepare(new CheckpointId(1)).makeDurable();
      committer.commit(files);
      return folder.resolve("dead").resolve(files.get(0).target());
    }
  }

  @Test
  @Tag("N15")
  void bytesAreWrittenInBase64AndAbsentPartsAsNull() throws Exception {
    byte[] payload = {0, (byte) 0xff, '\n', '"'};

    Path file = written(List.of(new Letter("map", Optional.empty(), "7", "no", payload)));

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"operator\":\"map\",\"split\":null,\"position\":\"7\",\"error\":\"no\",\"payload\":\"AP8KIg==\"}\n");
  }

  @Test
  @Tag("N15")
  void malformedInputIsKeptByteForByteWithItsPlaceAndReason() throws Exception {
    byte[] input = "1\nx\u0000\"y\n\n2\n____\r\n3".getBytes(StandardCharsets.UTF_8);
    input[12] = (byte) 0xff;
    Path file = Reading.write(folder.resolve("in.jsonl"), input);
    List<Letter> letters = new ArrayList<>();
    FileSource<Integer> source =
        JsonLines.read(file, Integer.class).skipMalformed(each -> letters.add(letter(each)));

    assertThat(Reading.of(source).values()).containsExactly(1, 2, 3);
    List<Letter> back = read(written(letters));

    assertThat(back).hasSize(2);
    assertThat(back.get(0).payload()).isEqualTo(new byte[] {'x', 0, '"', 'y'});
    assertThat(back.get(0).position()).isEqualTo("2");
    assertThat(back.get(0).split()).contains(file.toString());
    assertThat(back.get(1).payload()).isEqualTo(new byte[] {'_', '_', (byte) 0xff, '_'});
    assertThat(back.get(1).error()).isNotBlank();
  }

  private static List<Letter> read(Path file) throws IOException {
    JsonNode first = new JsonMapper().readTree(Files.readAllLines(file).get(0));
    assertThat(first.get("payload").binaryValue()).isEqualTo(new byte[] {'x', 0, '"', 'y'});
    return Reading.of(JsonLines.read(file, Letter.class)).values();
  }
}
