package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.SinkWriter;
import io.headrace.api.ValueRejectedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class TextFilesTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("lines.txt");
  }

  private List<String> read(String text) throws IOException {
    return Reading.of(TextFiles.read(Reading.write(file(), text))).values();
  }

  @Test
  void everyLineIsAValueAlsoOneThatIsEmpty() throws IOException {
    assertThat(read("a\nb\n")).containsExactly("a", "b");
    assertThat(read("a\nb")).containsExactly("a", "b");
    assertThat(read("a\r\nb\r\n")).containsExactly("a", "b");
    assertThat(read("\n\r\n \n\na\n\n")).containsExactly("", "", " ", "", "a", "");
    assertThat(read("a\rb\r\r\nc\r")).containsExactly("a\rb\r", "c\r");
    assertThat(read("")).isEmpty();
    assertThat(read("\ufeff")).isEmpty();
    assertThat(read("\ufeffgrün €😀\0\n\ufeffb")).containsExactly("grün €😀\0", "\ufeffb");
    assertThat(read("\ufeff\na")).containsExactly("", "a");
  }

  @Test
  void whatIsNoUtf8IsRefusedWithFileAndLine() throws IOException {
    byte[][] malformed = {
      {(byte) 0xff},
      {'a', (byte) 0xc3},
      {(byte) 0xc0, (byte) 0x80},
      {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
      {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
      {(byte) 0x80, 'a'}
    };
    for (byte[] each : malformed) {
      byte[] text = "a\nb\n______\nc\n".getBytes(StandardCharsets.UTF_8);
      System.arraycopy(each, 0, text, 4, each.length);
      Path file = Reading.write(file(), text);

      Reading<String> rest = Reading.skipping(TextFiles.read(file));

      assertThatThrownBy(() -> Reading.of(TextFiles.read(file)))
          .isInstanceOfSatisfying(
              HeadraceException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
          .hasMessageContaining("File " + file + ", line 3: it is no UTF-8, in ");
      assertThat(rest.values()).containsExactly("a", "b", "c");
      assertThat(rest.linesOfMalformed()).containsExactly(3L);
      assertThat(rest.malformed().get(0).bytes()).hasSize(6).startsWith(each);
    }
  }

  @Test
  void whatIsWrittenIsReadBackAsItIs() throws Exception {
    long seed = Long.getLong("seed", 5);
    SplittableRandom random = new SplittableRandom(seed);
    List<String> lines = new ArrayList<>(List.of("", "a\rb", " ", "\t"));
    for (int i = 0; i < 2_000; i++) {
      lines.add(RandomText.of(random, RandomText.IN_A_LINE));
    }
    FileSink<String> sink = TextFiles.write(folder.resolve("out"));
    sink.openCommitter(SinkRun.context("lines", 0, 1)).recover(List.of());
    SinkWriter<String, PendingFile> writer = sink.openWriter(SinkRun.context("lines", 0, 1));
    for (String line : lines) {
      writer.write(line);
    }

    PendingFile file = writer.prepare(new CheckpointId(1)).makeDurable().get(0);

    Path path = folder.resolve("out/.pending").resolve(file.pending());
    assertThat(file.target()).endsWith(".txt");
    assertThat(Reading.of(TextFiles.read(path)).values()).as("seed %s", seed).isEqualTo(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "\n", "a\r", "a\r\n", "\ufeffa", "\ud83d", "a\ude00b"})
  void aValueThatIsNotOneLineIsRefusedAndNothingIsWritten(String value) throws Exception {
    FileSink<String> sink = TextFiles.write(folder.resolve("out"));
    sink.openCommitter(SinkRun.context("lines", 0, 1)).recover(List.of());
    SinkWriter<String, PendingFile> writer = sink.openWriter(SinkRun.context("lines", 0, 1));

    assertThatThrownBy(() -> writer.write(value))
        .isInstanceOf(ValueRejectedException.class)
        .hasMessageStartingWith("since it is not one line of text");
    assertThat(writer.prepare(new CheckpointId(1)).makeDurable()).isEmpty();
  }
}
