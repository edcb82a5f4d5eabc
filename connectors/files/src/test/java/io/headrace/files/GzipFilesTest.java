package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class GzipFilesTest {

  private static final int MANY = 1 << 20;

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("lines.txt.gz");
  }

  private List<String> read(byte[] packed) throws IOException {
    return Reading.of(TextFiles.read(Reading.write(file(), packed))).values();
  }

  private static byte[] packed(String text) {
    return Gzip.packed(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private void assertRefused(byte[] packed, String words) {
    assertThatThrownBy(() -> read(packed))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
        .hasMessageContaining("File " + file() + " cannot be unpacked behind byte ")
        .hasMessageContaining(words);
  }

  @Test
  void allMembersAreReadWhateverTheirHeaders() throws IOException {
    byte[] empty = packed("");
    byte[] first = packed("a\nb");
    byte[] second = Gzip.withFullHeader(packed("c\nd\n"));

    assertThat(read(empty)).isEmpty();
    assertThat(read(first)).containsExactly("a", "b");
    assertThat(read(joined(empty, first, empty, empty, second, empty)))
        .containsExactly("a", "bc", "d");
  }

  @Test
  void positionsCountWhatIsUnpacked() throws IOException {
    Reading.write(file(), packed("a\nbb\n"));

    assertThat(Reading.of(TextFiles.read(file())).after().stream().map(FilePosition::offset))
        .containsExactly(2L, 5L);
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
    byte[] first = Gzip.withFullHeader(packed("a\nb\n"));
    byte[] whole = joined(first, packed("c\nd\n"));
    for (int length = 0; length < whole.length; length++) {
      if (length != first.length) {
        assertRefused(Arrays.copyOf(whole, length), "it ends within a member");
      }
    }
  }

  @Test
  void anyBitThatIsFlippedIsFoundOrDoesNotMatter() throws IOException {
    byte[] whole = packed("a\nb\nc\nd\na\nb\nc\nd\n");
    List<String> lines = read(whole);
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] changed = whole.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      Reading.write(file(), changed);
      List<String> read = new ArrayList<>();
      try (FileReader<String> reader = Reading.open(TextFiles.read(file()), FilePosition.START)) {
        while (reader.poll(read::add) == SourceReader.Poll.MORE) {
          assertThat(read).hasSizeLessThan(1000);
        }
        assertThat(read).as("bit %s", bit).isEqualTo(lines);
      } catch (HeadraceException refusal) {
        assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED);
      }
    }
  }

  @Test
  void whatFollowsTheLastMemberIsNotPassedOverInSilence() {
    assertRefused(joined(packed("a\n"), new byte[] {0}), "something else than a member");
    assertRefused(joined(packed("a\n"), new byte[20]), "something else than a member");
    assertRefused("a\nb\n".getBytes(StandardCharsets.UTF_8), "something else than a member");
  }

  @Test
  void aPackedFileThatIsCutOffWhileItIsReadIsRefused() throws IOException {
    byte[] noise = new byte[MANY];
    new SplittableRandom(3).nextBytes(noise);
    Reading.write(file(), Gzip.packed(noise));
    FileSource<String> source = TextFiles.read(file());
    SourceOutput<String> anything = Reading.output(line -> {}, malformed -> {});
    try (FileReader<String> reader = Reading.open(source, FilePosition.START)) {
      reader.poll(anything);
      Reading.write(file(), Arrays.copyOf(Files.readAllBytes(file()), 100));

      assertThatThrownBy(
              () -> {
                while (reader.poll(anything) == SourceReader.Poll.MORE) {
                  assertThat(reader.position().offset()).isLessThan(MANY);
                }
              })
          .hasMessageContaining("was cut off at byte 100 while it was read");
    }
  }

  // Files that are made to fill memories and disks

  /** As many zeros, or ends of lines, as wanted; a thousandth of that in the file. */
  private void writeBomb(char content, int mebibytes) throws IOException {
    byte[] some = new byte[MANY];
    Arrays.fill(some, (byte) content);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file()))) {
      for (int i = 0; i < mebibytes; i++) {
        out.write(some);
      }
    }
  }

  @Test
  @Tag("S5")
  void aLineThatIsLongOnlyWhenUnpackedIsRefusedBeforeItFillsTheMemory() throws IOException {
    writeBomb('x', 100);

    assertThatThrownBy(() -> Reading.of(TextFiles.read(file())))
        .hasMessageContaining(
            "File " + file() + ", line 1: an element is longer than 1048576 bytes.");
  }

  @Test
  @Tag("S5")
  void aFileThatBecomesThousandTimesAsLongIsRefused() throws IOException {
    writeBomb('\n', 200);
    long unpacked = 0;
    try (FileReader<Integer> reader =
        Reading.open(JsonLines.read(file(), Integer.class), FilePosition.START)) {
      assertThatThrownBy(
              () -> {
                while (reader.poll(line -> {}) == SourceReader.Poll.MORE) {
                  assertThat(reader.position().offset()).isLessThan(100L * MANY);
                }
              })
          .isInstanceOf(HeadraceException.class)
          .hasMessageContaining("it becomes more than 256 times as long when it is unpacked");
      unpacked = reader.position().offset();
    }

    assertThat(unpacked).isBetween(16L * MANY, 64L * MANY);
  }

  @Test
  @Tag("S5")
  void blankLinesDoNotHoldUpTheTask() throws IOException {
    writeBomb('\n', 2);
    try (FileReader<Integer> reader =
        Reading.open(JsonLines.read(file(), Integer.class), FilePosition.START)) {
      assertThat(reader.poll(line -> {})).isEqualTo(SourceReader.Poll.MORE);

      assertThat(reader.position().offset()).isEqualTo(256);
    }
  }
}
