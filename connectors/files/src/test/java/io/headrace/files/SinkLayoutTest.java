package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.files.FileSinkTest.Line;
import io.headrace.files.SinkRun.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a sink lays out values in files: packed, rolled, and in folders. */
@Timeout(120)
final class SinkLayoutTest {

  private static final int HISTORIES = 8;

  @TempDir Path root;

  private final ManualClock clock = new ManualClock();

  /** What may be set. */
  enum Layout {
    PLAIN {
      @Override
      FileSink<Line> sink(Path folder) {
        return JsonLines.write(folder, Line.class);
      }
    },
    CSV {
      @Override
      FileSink<Line> sink(Path folder) {
        return CsvFiles.write(folder, Line.class).rollAt(30);
      }
    },
    PACKED {
      @Override
      FileSink<Line> sink(Path folder) {
        return JsonLines.write(folder, Line.class).gzip();
      }
    },
    ROLLED {
      @Override
      FileSink<Line> sink(Path folder) {
        return JsonLines.write(folder, Line.class).rollAt(40).rollAfter(Duration.ofSeconds(1));
      }
    },
    PARTITIONED {
      @Override
      FileSink<Line> sink(Path folder) {
        return JsonLines.write(folder, Line.class).partitionedBy(Layout::lastDigit, 2);
      }
    },
    ALL {
      @Override
      FileSink<Line> sink(Path folder) {
        return CsvFiles.write(folder, Line.class)
            .partitionedBy(Layout::lastDigit, 3)
            .rollAfter(Duration.ofSeconds(1))
            .rollAt(30)
            .gzip();
      }
    };

    abstract FileSink<Line> sink(Path folder);

    private static String lastDigit(Line line) {
      String text = line.text();
      return "kind=a b/digit=" + text.charAt(text.length() - 1);
    }
  }

  private Path out() {
    return root.resolve("out");
  }

  private FileSink<Line> lines() {
    return JsonLines.write(out(), Line.class);
  }

  private SinkRun start(FileSink<Line> sink, long attempt, PendingFile... prepared)
      throws Exception {
    ConnectorContext context = new ConnectorContext("orders", "here", "mails", 0, attempt, clock);
    return SinkRun.start(sink, context, List.of(prepared));
  }

  @ParameterizedTest
  @EnumSource
  @Tag("EE-6")
  void wheneverItCrashesTheFolderHoldsWhatIsCommittedOnce(Layout layout) throws Exception {
    long seed = Long.getLong("seed", 1);
    int lines = 0;
    for (int history = 0; history < HISTORIES; history++) {
      Path folder = root.resolve("history" + history);
      SplittableRandom random = new SplittableRandom(seed + history);
      SinkHistory model = new SinkHistory(layout.sink(folder), folder, random);
      try {
        lines += model.run();
      } catch (AssertionError | Exception failure) {
        throw new AssertionError("seed " + seed + ", history " + history, failure);
      }
    }

    assertThat(lines).isGreaterThan(HISTORIES);
  }

  // Rolling

  @Test
  void aFileEndsWithTheValueThatMakesItLongEnough() throws Exception {
    SinkRun run = start(lines().rollAt(30), 1);

    run.write(0, "aa", "bb", "cc", "dd", "ee");
    assertThat(LineFiles.names(out())).isEmpty();
    List<PendingFile> files = run.prepareAll(1);
    run.commit(files);

    assertThat(files.stream().map(PendingFile::length)).containsExactly(42L, 28L);
    assertThat(LineFiles.names(out()))
        .containsExactly(
            "mails-000000000001-1-0-000000.jsonl", "mails-000000000001-1-0-000001.jsonl");
    assertThat(LineFiles.all(out())).containsExactly("aa", "bb", "cc", "dd", "ee");
  }

  @Test
  void aFileThatWasEndedLeavesNoEmptyOneBehind() throws Exception {
    SinkRun run = start(lines().rollAt(1), 1);

    run.write(0, "a", "b");

    assertThat(run.prepareAll(1)).hasSize(2);
    assertThat(run.prepareAll(2)).isEmpty();
  }

  @Test
  void aFileEndsBeforeAValueThatComesTooLateForIt() throws Exception {
    SinkRun run = start(lines().rollAfter(Duration.ofSeconds(10)), 1);

    run.write(0, "a");
    clock.advance(Duration.ofSeconds(10).minusNanos(1));
    run.write(0, "b");
    clock.advance(Duration.ofNanos(1));
    run.write(0, "c");
    run.commit(run.prepareAll(1));

    List<List<String>> files = new ArrayList<>();
    for (String name : LineFiles.names(out())) {
      files.add(LineFiles.texts(out().resolve(name)));
    }
    assertThat(files).containsExactly(List.of("a", "b"), List.of("c"));
  }

  @Test
  @Tag("FAULT-63")
  void aFileIsEndedByTheTimeThatPassesWhateverTheTimeOfDay() throws Exception {
    SinkRun run = start(lines().rollAfter(Duration.ofSeconds(10)), 1);

    run.write(0, "a");
    clock.jump(Duration.ofHours(30));
    run.write(0, "b");
    clock.jump(Duration.ofHours(-60));
    run.write(0, "c");
    clock.advance(Duration.ofSeconds(10));
    run.write(0, "d");
    run.commit(run.prepareAll(1));

    List<List<String>> files = new ArrayList<>();
    for (String name : LineFiles.names(out())) {
      files.add(LineFiles.texts(out().resolve(name)));
    }
    assertThat(files).containsExactly(List.of("a", "b", "c"), List.of("d"));
  }

  @Test
  void namesSortInTheOrderInWhichATaskWrote() throws Exception {
    SinkRun run = start(lines().rollAt(1), 1);
    List<String> expected = new ArrayList<>();
    for (int checkpoint = 1; checkpoint < 4; checkpoint++) {
      for (int i = 0; i < 120; i++) {
        run.write(0, checkpoint + "." + i);
        expected.add(checkpoint + "." + i);
      }
      run.commit(run.prepareAll(checkpoint));
    }

    assertThat(LineFiles.all(out())).isEqualTo(expected);
  }

  @Test
  void closingGivesUpAlsoTheFilesThatWereEnded() throws Exception {
    SinkRun run = start(lines().rollAt(30), 1);
    run.write(0, "aa", "bb", "cc", "dd");

    run.close();

    try (Stream<Path> pending = Files.list(out().resolve(".pending"))) {
      assertThat(pending.map(file -> file.getFileName().toString())).containsExactly("mails.owner");
    }
  }

  @Test
  void aPendingFileThatWasChangedBeforeItWasDurableIsRefused() throws Exception {
    SinkRun run = start(lines().rollAt(1), 1);
    run.write(0, "a");
    Path pending = out().resolve(".pending/mails-1-0-0.jsonl");
    Files.writeString(pending, "");

    assertThatThrownBy(() -> run.prepareAll(1))
        .isInstanceOf(HeadraceException.class)
        .hasMessageContaining("File " + pending + " has 0 bytes instead of 13");
  }

  @Test
  void boundsThatAreNoneAreRefused() {
    assertInvalid(() -> lines().rollAt(0), "1 byte or more, not 0");
    assertInvalid(() -> lines().rollAfter(Duration.ZERO), "after some time, not 0 ms");
    assertInvalid(() -> lines().partitionedBy(Line::text, 0), "at least one file at a time, not 0");
  }

  private static void assertInvalid(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .extracting(refused -> ((HeadraceException) refused).code())
        .isEqualTo(ErrorCode.INVALID_JOB);
  }

  // Packing

  @Test
  void eachPackedFileIsWholeByItself() throws Exception {
    SinkRun run = start(lines().gzip().rollAt(5_000), 1);
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      run.write(0, "line " + i);
      expected.append("{\"text\":\"line ").append(i).append("\"}\n");
    }
    run.commit(run.prepareAll(1));

    List<String> names = LineFiles.names(out());
    assertThat(names).hasSizeGreaterThan(5).allMatch(name -> name.endsWith(".jsonl.gz"));
    StringBuilder text = new StringBuilder();
    long length = 0;
    for (String name : names) {
      Path file = out().resolve(name);
      length += Files.size(file);
      try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
        text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    assertThat(text).hasToString(expected.toString());
    assertThat(length).isLessThan(expected.length() / 3);
  }

  @Test
  void whatIsPendingInAnotherFormatIsCleanedUpToo() throws Exception {
    start(CsvFiles.write(out(), Line.class).gzip(), 1).write(0, "a");
    start(lines().gzip(), 2).write(0, "b");

    start(lines(), 3);

    try (Stream<Path> pending = Files.list(out().resolve(".pending"))) {
      assertThat(pending.map(file -> file.getFileName().toString())).containsExactly("mails.owner");
    }
  }

  // Folders

  @Test
  void eachValueIsInTheFolderThatItsPartitionSays() throws Exception {
    SinkRun run = start(lines().partitionedBy(line -> "of=" + line.text().charAt(0)), 1);

    run.write(0, "a1", "b1", "a2");
    run.write(1, "a3");
    List<PendingFile> files = run.prepareAll(1);
    assertThat(LineFiles.names(out())).isEmpty();
    assertThat(out().resolve("of=a")).doesNotExist();
    run.commit(files);

    assertThat(LineFiles.names(out()))
        .containsExactly(
            "of=a/mails-000000000001-1-0-000000.jsonl",
            "of=a/mails-000000000001-1-1-000000.jsonl",
            "of=b/mails-000000000001-1-0-000001.jsonl");
    assertThat(LineFiles.all(out())).containsExactly("a1", "a2", "a3", "b1");
  }

  @Test
  @Tag("S23")
  void thereAreNoMoreOpenFilesThanTheBoundAndTheOneUnusedForLongestIsEnded() throws Exception {
    SinkRun run = start(lines().partitionedBy(Line::text, 2), 1);

    run.write(0, "a", "b", "a", "c", "a", "b");
    run.commit(run.prepareAll(1));

    assertThat(LineFiles.names(out()))
        .containsExactly(
            "a/mails-000000000001-1-0-000000.jsonl",
            "b/mails-000000000001-1-0-000001.jsonl",
            "b/mails-000000000001-1-0-000003.jsonl",
            "c/mails-000000000001-1-0-000002.jsonl");
  }

  @ParameterizedTest
  @Tag("S6")
  @ValueSource(
      strings = {
        "..",
        ".",
        "...",
        "../..",
        "../../etc/passwd",
        "a/../../b",
        ".hidden",
        "~",
        "C:",
        "C:\\a",
        "..\\..\\a",
        "a\0b",
        "%2e%2e",
        "\u2024\u2024",
        "\uff0e\uff0e/a",
        "a\nb",
        "-rf",
        "file:a",
        " ",
        "*",
        "day=2001-01-01/origin=SFO",
        "größe=ü",
        "a;rm -rf b",
        "${jndi:x}",
        ".pending"
      })
  void whateverAPartitionIsItsFilesStayWithinTheFolder(String hostile) throws Exception {
    SinkRun run = start(lines().partitionedBy(line -> hostile), 1);

    run.write(0, "a");
    run.commit(run.prepareAll(1));

    assertThat(LineFiles.all(out())).containsExactly("a");
    String name = LineFiles.names(out()).get(0);
    assertThat(name).matches("([A-Za-z0-9_=%][A-Za-z0-9_=%.,+-]*/)+mails-[0-9-]+\\.jsonl");
    try (Stream<Path> others = Files.list(root)) {
      assertThat(others).containsExactly(out());
    }
  }

  @Test
  void differentPartitionsAreDifferentFolders() throws Exception {
    List<String> folders = new ArrayList<>();
    for (String name : List.of("a b", "a%20b", "a%2520b", "a+b", ".a", "%2Ea", "=a", "a")) {
      folders.add(PartitionNames.safe(name));
    }

    assertThat(folders).doesNotHaveDuplicates();
  }

  @Test
  @Tag("S6")
  void aFolderThatIsALinkIsNotFollowed() throws Exception {
    SinkRun run = start(lines().partitionedBy(line -> "a/b"), 1);
    run.write(0, "a");
    List<PendingFile> files = run.prepareAll(1);
    Path elsewhere = Files.createDirectory(root.resolve("elsewhere"));
    Files.createSymbolicLink(out().resolve("a"), elsewhere);

    assertThatThrownBy(() -> run.commit(files))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.COMMIT_FAILED))
        .hasMessageContaining("Folder " + out().resolve("a") + " is a link");
    assertThat(elsewhere).isEmptyDirectory();
    Files.delete(out().resolve("a"));
    start(lines(), 2, files.get(0));
    assertThat(LineFiles.all(out())).containsExactly("a");
  }

  /** It is opened anew to be synced. */
  @Test
  @Tag("S6")
  void aPendingFileThatBecameALinkIsNotOpened() throws Exception {
    Path elsewhere = Files.writeString(root.resolve("elsewhere"), "1234");
    Path link = Files.createSymbolicLink(root.resolve("link"), elsewhere);

    assertThatThrownBy(() -> new EndedFile(new Draft(1, link, ""), 4).makeDurable())
        .isInstanceOf(IOException.class);
  }

  @Test
  @Tag("S6")
  void aPendingFileOrFolderThatIsALinkIsNotFollowed() throws Exception {
    SinkRun run = start(lines(), 1);
    run.write(0, "a");
    List<PendingFile> files = run.prepareAll(1);
    Path pending = out().resolve(".pending");
    Path file = pending.resolve(files.get(0).pending());
    Path secret = root.resolve("secret");
    Files.move(file, secret);
    Files.createSymbolicLink(file, secret);

    assertThatThrownBy(() -> run.commit(files)).hasMessageContaining("File " + file + " is a link");
    assertThat(out().resolve(files.get(0).target())).doesNotExist();
    Files.move(pending, root.resolve("elsewhere"));
    Files.createSymbolicLink(pending, root.resolve("elsewhere"));

    assertThatThrownBy(() -> start(lines(), 2))
        .isInstanceOfSatisfying(
            HeadraceException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DIRECTORY_UNUSABLE))
        .hasMessageContaining("Folder " + pending + " is a link");
  }

  @Test
  @Tag("S17")
  void filesAndFoldersAreForTheirOwnerOnly() throws Exception {
    SinkRun run = start(lines().gzip().rollAt(1).partitionedBy(Line::text), 1);
    run.write(0, "a", "b");
    run.commit(run.prepareAll(1));

    try (Stream<Path> all = Files.walk(out())) {
      for (Path each : all.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as("%s", each)
            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
  }
}
