package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.DeadLetter;
import io.headrace.api.MalformedInput;
import io.headrace.api.SinkWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From what is malformed to a file of dead letters, and back. */
final class DeadLettersTest {

  @TempDir Path folder;

  /** As the engine makes it. */
  private static DeadLetter letter(MalformedInput input) {
    return new DeadLetter(
        "flights",
        DeadLetter.Stage.READ,
        Optional.of(input.place()),
        input.reason(),
        Optional.empty(),
        new String(input.bytes(), StandardCharsets.UTF_8),
        input.bytes(),
        Optional.empty());
  }

  private Path written(List<DeadLetter> letters) throws Exception {
    FileSink<DeadLetter> sink = JsonLines.write(folder.resolve("dead"), DeadLetter.class);
    try (Committer<PendingFile> committer =
        sink.openCommitter(SinkRun.context("dead-letters", 0, 1))) {
      committer.recover(List.of());
      SinkWriter<DeadLetter, PendingFile> writer =
          sink.openWriter(SinkRun.context("dead-letters", 0, 1));
      for (DeadLetter letter : letters) {
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

    Path file =
        written(
            List.of(
                new DeadLetter(
                    "map",
                    DeadLetter.Stage.PROCESS,
                    Optional.empty(),
                    "no",
                    Optional.of("at a.b(C.java:1)"),
                    "7",
                    payload,
                    Optional.empty())));

    assertThat(Files.readString(file))
        .isEqualTo(
            "{\"operator\":\"map\",\"stage\":\"PROCESS\",\"position\":null,\"error\":\"no\",\"stack\":\"at"
                + " a.b(C.java:1)\",\"text\":\"7\",\"bytes\":\"AP8KIg==\",\"schema\":null}\n");
  }

  @Test
  @Tag("N15")
  void malformedInputIsKeptByteForByteWithItsPlaceAndReason() throws Exception {
    byte[] input = "1\nx\u0000\"y\n\n2\n____\r\n3".getBytes(StandardCharsets.UTF_8);
    input[12] = (byte) 0xff;
    Path file = Reading.write(folder.resolve("in.jsonl"), input);

    Reading<Integer> reading = Reading.skipping(JsonLines.read(file, Integer.class));
    List<DeadLetter> letters = reading.malformed().stream().map(each -> letter(each)).toList();
    List<DeadLetter> back = read(written(letters));

    assertThat(reading.values()).containsExactly(1, 2, 3);

    assertThat(back).hasSize(2);
    assertThat(back.get(0).bytes()).isEqualTo(new byte[] {'x', 0, '"', 'y'});
    assertThat(back.get(0).text()).isEqualTo("x\0\"y");
    assertThat(back.get(0).position()).contains("File " + file + ", line 2");
    assertThat(back.get(1).position()).contains("File " + file + ", line 5");
    assertThat(back.get(1).bytes()).isEqualTo(new byte[] {'_', '_', (byte) 0xff, '_'});
    assertThat(back.get(1).error()).isNotBlank();
    assertThat(back).extracting(DeadLetter::stack).containsOnly(Optional.empty());
  }

  private static List<DeadLetter> read(Path file) throws IOException {
    JsonNode first = new JsonMapper().readTree(Files.readAllLines(file).get(0));
    assertThat(first.get("bytes").binaryValue()).isEqualTo(new byte[] {'x', 0, '"', 'y'});
    return Reading.of(JsonLines.read(file, DeadLetter.class)).values();
  }
}
