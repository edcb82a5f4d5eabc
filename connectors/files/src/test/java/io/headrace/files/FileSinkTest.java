package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("EE-6")
@Timeout(120)
final class FileSinkTest {

  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path root;

  record Line(String text) {}

  /** Something that Jackson cannot write. */
  record Broken(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("no text");
    }
  }

  private Path out() {
    return root.resolve("out");
  }

  private FileSink<Line> sink() {
    return JsonLines.write(out(), Line.class);
  }

  private SinkRun start(long attempt, PendingFile... prepared) throws Exception {
    return SinkRun.start(sink(), "mails", attempt, List.of(prepared));
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** The names of the files that a reader of the folder sees. */
  private List<String> files() throws IOException {
    return names(out()).stream().filter(name -> !name.startsWith(".")).toList();
  }

  private List<String> pending() throws IOException {
    return names(out().resolve(".pending")).stream()
        .filter(name -> !name.endsWith(".owner"))
        .toList();
  }

  /** What a reader of the folder reads, in the order of the names. */
  private List<String> visible() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : files()) {
      List<String> lines = Files.readAllLines(out().resolve(name));
      assertThat(lines).as(name).isNotEmpty();
      for (String line : lines) {
        texts.add(JSON.readValue(line, Line.class).text());
      }
    }
    return texts;
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call, String... words) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            HeadraceException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  // From a value to a line

  @Test
  void aLineIsSeenWhenItsTransactionIsCommittedAndNotBefore() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a", "ü\n\"€😀");
    assertThat(files()).isEmpty();
    SinkWriter.Prepared<PendingFile> prepared = run.prepare(0, 1);
    assertThat(files()).isEmpty();
    List<PendingFile> files = prepared.makeDurable();
    run.write(0, "b");
    assertThat(files()).isEmpty();

    run.commit(files);

    assertThat(visible()).containsExactly("a", "ü\n\"€😀");
    assertThat(files()).containsExactly("mails-000000000001-1-0-000000.jsonl");
    assertThat(Files.readString(out().resolve(files().get(0)))).endsWith("\"}\n");
    assertThat(pending()).containsExactly("mails-1-0-1.jsonl");
  }

  @Test
  void aCommittableSaysWhatTheFileIs() throws Exception {
    SinkRun run = start(3);
    run.write(1, "a");

    assertThat(run.prepareAll(7))
        .containsExactly(
            new PendingFile("mails-3-1-0.jsonl", "mails-000000000007-3-1-000000.jsonl", 13));
  }

  @Test
  void withoutValuesThereIsNoFile() throws Exception {
    SinkRun run = start(1);

    assertThat(run.prepareAll(1)).isEmpty();
    run.write(0, "a");
    assertThat(run.prepareAll(2)).hasSize(1);
    assertThat(run.prepareAll(3)).isEmpty();
    run.commit(List.of());
    run.close();

    assertThat(files()).isEmpty();
    assertThat(pending()).hasSize(1);
  }

  @Test
  void namesSortInTheOrderOfCommits() throws Exception {
    SinkRun run = start(1);
    List<String> expected = new ArrayList<>();
    for (int checkpoint : new int[] {8, 9, 10, 99, 100, 1_000_000}) {
      run.write(0, "checkpoint " + checkpoint);
      expected.add("checkpoint " + checkpoint);
      run.commit(run.prepareAll(checkpoint));
    }

    assertThat(visible()).isEqualTo(expected);
  }

  @Test
  void manyLinesAreWrittenInTheirOrder() throws Exception {
    SinkRun run = start(1);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      expected.add("line " + i);
      run.write(0, "line " + i);
    }

    run.commit(run.prepareAll(1));

    assertThat(visible()).isEqualTo(expected);
  }

  @Test
  void theSinkSaysWhatItPromises() {
    assertThat(sink().delivery()).isEqualTo(Sink.Delivery.TRANSACTIONAL);
    assertThat(sink().committableType()).isEqualTo(TypeToken.of(PendingFile.class));
  }

  @Test
  void aValueThatCannotBeWrittenLeavesNothing() throws Exception {
    FileSink<Broken> sink = JsonLines.write(out(), Broken.class);
    sink.openCommitter(SinkRun.context("mails", 0, 1)).recover(List.of());
    SinkWriter<Broken, PendingFile> writer = sink.openWriter(SinkRun.context("mails", 0, 1));

    assertThatThrownBy(() -> writer.write(new Broken("a"))).hasMessageContaining("no text");
    writer.close();

    assertThat(files()).isEmpty();
    assertThat(pending()).isEmpty();
  }

  @Test
  void aValueThatCannotBeWrittenTakesNoFileAlongWithIt() throws Exception {
    FileSink<Broken> sink = JsonLines.write(out(), Broken.class);
    sink.openCommitter(SinkRun.context("mails", 0, 1)).recover(List.of());
    SinkWriter<Broken, PendingFile> writer = sink.openWriter(SinkRun.context("mails", 0, 1));

    assertThatThrownBy(() -> writer.write(new Broken("a"))).hasMessageContaining("no text");

    assertThat(writer.prepare(new CheckpointId(1)).makeDurable()).isEmpty();
    assertThat(pending()).isEmpty();
  }

  // Committing again, and after a crash

  @Test
  void committingTwiceChangesNothing() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    run.write(1, "b");
    List<PendingFile> files = run.prepareAll(1);

    run.commit(files);
    run.commit(files);

    assertThat(visible()).containsExactly("a", "b");
    assertThat(pending()).isEmpty();
  }

  @Test
  void whatIsPreparedIsCommittedAfterACrashBeforeTheCommit() throws Exception {
    SinkRun crashed = start(1);
    crashed.write(0, "a");
    PendingFile file = crashed.prepareAll(1).get(0);

    start(2, file);

    assertThat(visible()).containsExactly("a");
  }

  @Test
  void theRestIsCommittedAfterACrashWithinTheCommit() throws Exception {
    SinkRun crashed = start(1);
    crashed.write(0, "a");
    crashed.write(1, "b");
    List<PendingFile> files = crashed.prepareAll(1);
    crashed.commit(files.subList(0, 1));
    assertThat(visible()).containsExactly("a");

    start(2, files.get(0), files.get(1));
    start(3, files.get(0), files.get(1));

    assertThat(visible()).containsExactly("a", "b");
  }

  @Test
  void aFileThatACrashLeftUnderBothNamesIsCommitted() throws Exception {
    SinkRun crashed = start(1);
    crashed.write(0, "a");
    PendingFile file = crashed.prepareAll(1).get(0);
    Files.createLink(
        out().resolve(file.target()), out().resolve(".pending").resolve(file.pending()));

    start(2, file).commit(List.of(file));
    start(3);

    assertThat(visible()).containsExactly("a");
    assertThat(pending()).isEmpty();
  }

  @Test
  void whatIsNotPreparedIsAborted() throws Exception {
    SinkRun crashed = start(1);
    crashed.write(0, "open");
    crashed.write(1, "prepared, but the checkpoint was not complete");
    crashed.prepare(1, 1).makeDurable();
    crashed.write(1, "open again");
    assertThat(pending()).hasSize(3);

    start(2);

    assertThat(pending()).isEmpty();
    assertThat(files()).isEmpty();
  }

  @Test
  @Tag("FAULT-43")
  void whatALaterAttemptHasBegunIsNotAbortedByOneThatWasTakenForDead() throws Exception {
    Committer<PendingFile> late = sink().openCommitter(SinkRun.context("mails", 0, 1));
    SinkRun second = start(2);
    second.write(0, "of the second");

    late.recover(List.of());
    second.commit(second.prepareAll(1));

    assertThat(visible()).containsExactly("of the second");
  }

  @Test
  void closingGivesUpWhatIsOpenAndLeavesWhatIsPrepared() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    List<PendingFile> files = run.prepareAll(1);
    run.write(0, "b");

    run.close();
    run.close();

    assertThat(pending()).containsExactly(files.get(0).pending());
    assertThat(files()).isEmpty();
  }

  // Files that are not what they were

  @Test
  void aTransactionWhoseFileVanishedIsAnErrorAndNotSilence() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    PendingFile file = run.prepareAll(1).get(0);
    Path pending = out().resolve(".pending").resolve(file.pending());
    Files.delete(pending);

    assertFails(
        ErrorCode.COMMIT_FAILED,
        () -> run.commit(List.of(file)),
        "File " + pending + " is missing, and so is " + out().resolve(file.target()),
        "its lines are lost. Bring one of them back.");
    assertFails(ErrorCode.COMMIT_FAILED, () -> start(2, file), "is missing, and so is");
  }

  @Test
  void aPendingFileWithAnotherLengthIsNotCommitted() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    PendingFile file = run.prepareAll(1).get(0);
    Path pending = out().resolve(".pending").resolve(file.pending());
    Files.writeString(pending, "{}\n");

    assertFails(
        ErrorCode.COMMIT_FAILED,
        () -> run.commit(List.of(file)),
        "File " + pending + " has 3 bytes instead of 13: it was changed.");
    assertThat(files()).isEmpty();
  }

  @Test
  void aCommittedFileWithAnotherLengthIsNotTakenForTheSame() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    PendingFile file = run.prepareAll(1).get(0);
    run.commit(List.of(file));
    Files.writeString(out().resolve(file.target()), "");

    assertFails(ErrorCode.COMMIT_FAILED, () -> run.commit(List.of(file)), "has 0 bytes instead");
  }

  @Test
  void aFileThatIsThereAlreadyIsNotReplaced() throws Exception {
    SinkRun run = start(1);
    run.write(0, "a");
    PendingFile file = run.prepareAll(1).get(0);
    Path target = out().resolve(file.target());
    Files.writeString(target, "{\"text\":\"x\"}\n");

    assertFails(
        ErrorCode.COMMIT_FAILED,
        () -> run.commit(List.of(file)),
        "File " + target + " is there already",
        "lines of another run would be lost. Move it away.");
    assertThat(visible()).containsExactly("x");
    assertThat(pending()).hasSize(1);
  }

  @Test
  @Tag("S6")
  void namesThatAreNoNamesAreRefused() {
    assertThatThrownBy(() -> new PendingFile("a/b", "a", 1)).hasMessageContaining("is not the");
    List<String> names =
        List.of("", ".", "..", "../a", "/a", "a//b", "a/", ".a/b", "a/.b", "a/../b", "a/b/..");
    List<String> others =
        List.of(
            ".a", "-a", "a\0", "a\0/b", "x".repeat(201), "C:\\a", "C:/a", "ä", "a\u2024\u2024/b");
    for (String name : Stream.concat(names.stream(), others.stream()).toList()) {
      assertThatThrownBy(() -> new PendingFile(name, "a", 1))
          .hasMessageContaining("is not the name");
      assertThatThrownBy(() -> new PendingFile("a", name, 1))
          .hasMessageContaining("is not the name");
    }
  }

  // Who may write to a folder

  @Test
  void sinksOfAJobShareAFolderAndKeepApart() throws Exception {
    List<String> operators = List.of("mails", "mails-2", "mails/2", "mails 2", "ä".repeat(300));
    List<SinkRun> runs = new ArrayList<>();
    for (String operator : operators) {
      runs.add(SinkRun.start(sink(), operator, 1, List.of()));
    }
    List<List<PendingFile>> prepared = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).write(0, operators.get(i));
      prepared.add(runs.get(i).prepareAll(1));
    }

    for (int i = 1; i < operators.size(); i++) {
      SinkRun.start(sink(), operators.get(i), 2, prepared.get(i));
    }
    runs.get(0).commit(prepared.get(0));

    assertThat(visible()).containsExactlyInAnyOrderElementsOf(operators);
    assertThat(files()).allMatch(name -> name.matches("[A-Za-z0-9_-]{1,100}\\.jsonl"));
  }

  @Test
  void anotherJobWithASinkOfTheSameNameIsRefused() throws Exception {
    start(1);
    ConnectorContext other = new ConnectorContext("bills", "here", "mails", 0, 9, Clock.system());

    assertFails(
        ErrorCode.DIRECTORY_OWNED,
        () -> sink().openCommitter(other),
        "Folder "
            + out()
            + " is written to by sink \"mails\" of job \"orders\", not of job"
            + " \"bills\". Give each job and each of its directories a folder of its own.");
    new SinkFolder(out(), "mails").create();
    sink().openCommitter(new ConnectorContext("bills", "here", "letters", 0, 1, Clock.system()));
  }

  @Test
  void aJobFromAnotherDirectoryIsRefusedHoweverOftenItIsStarted() throws Exception {
    SinkRun run = start(4);
    run.write(0, "a");
    run.commit(run.prepareAll(1));

    for (long attempt = 1; attempt < 9; attempt++) {
      ConnectorContext elsewhere =
          new ConnectorContext("orders", "elsewhere", "mails", 0, attempt, Clock.system());
      assertFails(
          ErrorCode.DIRECTORY_OWNED,
          () -> sink().openCommitter(elsewhere),
          "of job \"orders\" started in another directory. To continue, use that one; to begin"
              + " anew, remove the folder too, or take another.");
    }
    start(5);
    assertThat(visible()).containsExactly("a");
  }

  @Test
  void anAttemptBeforeTheOneThatHasTheFolderIsRefused() throws Exception {
    SinkRun run = start(4);
    run.write(0, "a");
    run.commit(run.prepareAll(1));

    assertFails(
        ErrorCode.DIRECTORY_OWNED, () -> start(3), "attempt 4 of job \"orders\", and this is");
    run.write(0, "b");
    assertFails(ErrorCode.DIRECTORY_OWNED, () -> start(1), "and this is attempt 1");
    assertThat(pending()).hasSize(1);
    start(5);
    assertThat(visible()).containsExactly("a");
  }

  /** As on engines that number attempts by the checkpoint that they begin from. */
  @Test
  void anAttemptOfTheSameNumberLeavesTheFilesOfTheOneBeforeAlone() throws Exception {
    start(4).write(0, "lost");

    SinkRun run = start(4);
    run.write(0, "a");
    run.commit(run.prepareAll(1));

    assertThat(visible()).containsExactly("a");
    start(5);
    assertThat(pending()).isEmpty();
  }

  @Test
  void anOwnerThatCannotBeReadIsNotTakenForNone() throws Exception {
    start(1);
    Path owner = out().resolve(".pending/mails.owner");
    for (String text :
        List.of("", "orders", "x orders", "1 orders", "-1 a orders", "1234567890123456789 a b")) {
      Files.writeString(owner, text);

      assertFails(ErrorCode.DIRECTORY_UNUSABLE, () -> start(2), "File " + owner + " does not say");
    }
  }

  @Test
  void filesOfOthersAreLeftAlone() throws Exception {
    SinkRun run = start(1);
    List<String> others =
        List.of(
            "letters-1-0-0.jsonl",
            "mails-1-0.jsonl",
            "mails-1-0-0.json",
            "mails-1-0-0.jsonl.gzip",
            "xmails-1-0-0.jsonl");
    for (String name : others) {
      Files.writeString(out().resolve(name), "{}");
      Files.writeString(out().resolve(".pending").resolve(name), "{}");
    }
    run.write(0, "a");

    start(2);

    assertThat(pending()).containsExactlyInAnyOrderElementsOf(others);
    assertThat(files()).containsExactlyInAnyOrderElementsOf(others);
  }
}
