package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Source;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class WatchedFolderTest {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @TempDir Path root;

  private Path in() {
    return root.resolve("in");
  }

  private FileSource<String> source() {
    return TextFiles.read(WatchedFolder.of(in(), "*.{txt,txt.gz}", INTERVAL));
  }

  @BeforeEach
  void makeTheFolder() throws IOException {
    Files.createDirectory(in());
  }

  private void put(String name, String text) throws IOException {
    Path temporary = Files.writeString(in().resolve("." + name), text);
    Files.move(temporary, in().resolve(name));
  }

  private List<String> names() throws IOException {
    return source().splits().stream().map(Split::name).toList();
  }

  private static List<String> read(FileSource<String> source, String split) throws IOException {
    List<String> values = new ArrayList<>();
    try (SourceReader<String, FilePosition> reader =
        source.open(split, FilePosition.START, Reading.CONTEXT)) {
      while (reader.poll(values::add) == SourceReader.Poll.MORE) {
        assertThat(values).hasSizeLessThan(100);
      }
    } catch (IOException | RuntimeException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
    return values;
  }

  @Test
  void filesThatAppearAreFoundInTheOrderOfTheirNames() throws IOException {
    assertThat(names()).isEmpty();
    put("b.txt", "1\n");
    assertThat(names()).containsExactly("b.txt");
    put("c.txt", "2\n");
    put("a.txt", "3\n");
    put("a10.txt", "4\n");

    assertThat(names()).containsExactly("a.txt", "a10.txt", "b.txt", "c.txt");
    assertThat(source().splits()).allMatch(each -> each.position().equals(FilePosition.START));
    assertThat(read(source(), "a10.txt")).containsExactly("4");
  }

  @Test
  @Tag("FAULT-63")
  void filesAreFoundAndReadWhateverTimesTheyHave() throws IOException {
    put("a.txt", "1\n");
    put("b.txt", "2\n");
    Files.setLastModifiedTime(in().resolve("a.txt"), FileTime.from(Instant.EPOCH));
    Files.setLastModifiedTime(
        in().resolve("b.txt"), FileTime.from(Instant.parse("2222-02-02T00:00:00Z")));

    assertThat(names()).containsExactly("a.txt", "b.txt");
    assertThat(read(source(), "a.txt")).containsExactly("1");
    assertThat(read(source(), "b.txt")).containsExactly("2");
  }

  @Test
  void theSourceSaysThatItGoesOnLookingAndHasNoEnd() throws Exception {
    Source<String, FilePosition> paced = Sources.paced(source(), 10);
    FileSource<String> bounded = TextFiles.read(Path.of("a"));

    assertThat(source().discoveryInterval()).contains(INTERVAL);
    assertThat(source().isBounded()).isFalse();
    assertThat(paced.discoveryInterval()).contains(INTERVAL);
    assertThat(bounded.discoveryInterval()).isEmpty();
    assertThat(bounded.isBounded()).isTrue();
    assertThat(Sources.of(String.class, List.of("a")).discoveryInterval()).isEmpty();
  }

  @Test
  void whatIsBeingWrittenAndWhatIsNoFileIsPassedOver() throws IOException {
    put("a.txt", "1\n");
    put("other.csv", "1\n");
    Files.writeString(in().resolve(".hidden.txt"), "2\n");
    Files.createDirectory(in().resolve("folder.txt"));
    Files.createSymbolicLink(in().resolve("link.txt"), in().resolve("a.txt"));
    Files.writeString(in().resolve("b.txt.tmp"), "2\n");
    FileSource<String> all = TextFiles.read(WatchedFolder.of(in(), "*", INTERVAL));

    assertThat(names()).containsExactly("a.txt");
    assertThat(all.splits().stream().map(Split::name)).containsExactly("a.txt", "other.csv");
  }

  @Test
  void aFileThatVanishedIsRefusedWhenItIsToBeRead() throws IOException {
    put("a.txt", "1\n");
    Files.delete(in().resolve("a.txt"));

    assertThat(names()).isEmpty();
    assertThatThrownBy(() -> read(source(), "a.txt"))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining(
            "File " + in().resolve("a.txt") + " of source \"source\" is not there.");
  }

  @Test
  void aFolderThatIsMissingIsNotTakenForAnEmptyOne() throws IOException {
    Files.delete(in());

    assertRefusedFolder();
    Files.writeString(in(), "");
    assertRefusedFolder();
  }

  private void assertRefusedFolder() {
    assertThatThrownBy(this::names)
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
        .hasMessageContaining("Folder " + in() + " is missing. Bring it back");
  }

  @ParameterizedTest
  @Tag("S6")
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../secret",
        "/etc/passwd",
        "a/../../secret",
        "./a.txt",
        "a.txt/",
        "a//b",
        "sub/a.txt",
        "a\0",
        "sub/..",
        "a.txt/.."
      })
  void aNameThatIsNoNameOfAFileThereIsRefused(String hostile) throws IOException {
    put("a.txt", "1\n");
    Files.writeString(root.resolve("secret"), "2\n");

    assertThatThrownBy(() -> read(source(), hostile))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INPUT_REFUSED))
        .hasMessageContaining("is not the name of a file in folder " + in());
  }

  @Test
  @Tag("S6")
  void aFileThatBecameALinkIsNotFollowed() throws IOException {
    put("a.txt", "1\n");
    assertThat(names()).containsExactly("a.txt");
    Files.writeString(root.resolve("secret"), "2\n");
    Files.delete(in().resolve("a.txt"));
    Files.createSymbolicLink(in().resolve("a.txt"), root.resolve("secret"));

    assertThatThrownBy(() -> read(source(), "a.txt"))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("File " + in().resolve("a.txt") + " is a link");
  }

  @Test
  @Tag("S15")
  void aNameWithControlCharactersForgesNoLineOfALog() throws IOException {
    String name = "a\nERROR all is lost\u001b[2J.txt";
    put(name, "{\n");
    WatchedFolder folder = WatchedFolder.of(in(), "*", INTERVAL);
    FileSource<Integer> source = JsonLines.read(folder, Integer.class);
    List<String> told = new ArrayList<>();
    String split = source.splits().get(0).name();

    assertThatThrownBy(() -> open(source, split, told))
        .hasMessageContaining("a?ERROR all is lost?[2J.txt");

    assertThat(told).hasSize(2).noneMatch(each -> each.matches("(?s).*\\p{Cntrl}.*"));
  }

  /** Reads what is malformed, and then has it that the file was changed. */
  private static void open(FileSource<Integer> source, String split, List<String> told)
      throws Exception {
    try (SourceReader<Integer, FilePosition> reader =
        source.open(split, FilePosition.START, Reading.CONTEXT)) {
      reader.poll(
          Reading.output(
              value -> {},
              malformed -> {
                told.add(malformed.place());
                told.add(malformed.reason());
              }));
    }
    source.open(split, new FilePosition(1, 1, 1, 7), Reading.CONTEXT).close();
  }

  @Test
  void packedFilesAreFoundAndUnpacked() throws IOException {
    Reading.write(in().resolve("a.txt.gz"), Gzip.packed(new byte[] {'a', '\n', 'b'}));

    assertThat(read(source(), names().get(0))).containsExactly("a", "b");
  }

  @Test
  void anIntervalThatIsNoneIsRefused() {
    assertThatThrownBy(() -> WatchedFolder.of(in(), "*", Duration.ZERO))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("not every 0 ms");
    assertThatThrownBy(() -> WatchedFolder.of(in(), "{", INTERVAL))
        .hasMessageContaining("files named \"{\", which is no pattern: ")
        .extracting(refused -> ((HeadraceException) refused).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }
}
