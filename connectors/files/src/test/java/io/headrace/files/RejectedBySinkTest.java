package io.headrace.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.SinkWriter;
import io.headrace.api.ValueRejectedException;
import io.headrace.files.FileSinkTest.Line;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sink rejects, with no trace of it left and no word of its content told. */
@Timeout(120)
final class RejectedBySinkTest {

  @TempDir Path root;

  private Path out() {
    return root.resolve("out");
  }

  private FileSink<Line> lines() {
    return JsonLines.write(out(), Line.class);
  }

  private static SinkRun start(FileSink<Line> sink, long attempt) throws Exception {
    return SinkRun.start(sink, "mails", attempt, List.of());
  }

  @ParameterizedTest
  @Tag("S6")
  @ValueSource(strings = {"", "/", "/etc", "//a", "a//b", "a/"})
  void aPartitionThatIsNoRelativeFolderIsRefusedAndNothingIsWritten(String partition)
      throws Exception {
    SinkRun run = start(lines().partitionedBy(line -> partition), 1);

    assertRejected(() -> run.write(0, "a"), "it has a level without a name");
    assertThat(run.prepareAll(1)).isEmpty();
  }

  @Test
  @Tag("FAULT-17")
  void aPartitionThatIsNullOrWhoseFunctionThrowsIsTheValuesFaultAndTheOthersAreWritten()
      throws Exception {
    SinkRun run = start(lines().partitionedBy(RejectedBySinkTest::careless), 1);

    run.write(0, "a");
    assertRejected(() -> run.write(0, "null"), "it is null");
    assertRejected(
        () -> run.write(0, "throw"),
        "since its partitionedBy function threw java.lang.IllegalStateException: no");
    run.write(0, "b");
    run.commit(run.prepareAll(1));

    assertThat(LineFiles.all(out())).containsExactly("a", "b");
  }

  @SuppressWarnings("NullAway") // A mistake, made on purpose.
  private static String careless(Line line) {
    return switch (line.text()) {
      case "null" -> null;
      case "throw" -> throw new IllegalStateException("no");
      default -> "good";
    };
  }

  /** A value whose accessor throws. */
  record Broken(String text) {
    @Override
    public String text() {
      throw new IllegalStateException("not now");
    }
  }

  @Test
  @Tag("FAULT-17")
  void aValueThatCannotBeWrittenAsJsonIsRejectedAndLeavesNoTrace() throws Exception {
    FileSink<Broken> sink = JsonLines.write(out(), Broken.class);
    sink.openCommitter(SinkRun.context("broken", 0, 1)).recover(List.of());
    SinkWriter<Broken, PendingFile> writer = sink.openWriter(SinkRun.context("broken", 0, 1));

    assertRejected(() -> writer.write(new Broken("hunter2")), "since writing it as jsonl threw");
    assertThat(writer.prepare(new CheckpointId(1)).makeDurable()).isEmpty();
  }

  @Test
  @Tag("S23")
  void aNameThatIsTooLongOrNoTextIsRefused() throws Exception {
    SinkRun run = start(lines().partitionedBy(Line::text), 1);
    run.write(0, "x".repeat(200));

    assertRejected(() -> run.write(0, "x".repeat(201)), "a level has more than 200 bytes");
    assertRejected(() -> run.write(0, "ü".repeat(34)), "a level has more than 200 bytes");
    assertRejected(() -> run.write(0, "1/2/3/4/5/6/7/8/9"), "it has more than 8 levels");
    assertRejected(() -> run.write(0, "\ud800"), "it has half of a character in it");
  }

  private static void assertRejected(ThrowingCallable call, String words) {
    assertThatThrownBy(call)
        .isInstanceOf(ValueRejectedException.class)
        .hasMessageContaining(words)
        .message()
        .doesNotContain("hunter2", "xxx", "1/2/3");
  }
}
