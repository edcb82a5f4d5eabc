package io.headrace.flink.portable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.flink.recipe.JobRecipe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public, as the job in it must be. */
@Tag("R23")
public final class OtherJvmTest {

  private static final int LARGEST = 1 << 26;

  @TempDir Path folder;

  private Path fileOf(int bytes) throws IOException {
    Path file = Files.createFile(folder.resolve("result"));
    try (SeekableByteChannel out = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      out.position(bytes - 1).write(ByteBuffer.wrap(new byte[] {'a'}));
    }
    return file;
  }

  @Test
  void aResultIsReadUpToItsLimit() throws IOException {
    assertThat(OtherJvm.text(fileOf(LARGEST)).length()).isEqualTo(LARGEST);
  }

  @Test
  void aResultOverTheLimitIsRefused() throws IOException {
    Path file = fileOf(LARGEST + 1);

    assertThatThrownBy(() -> OtherJvm.text(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("result has more than 67108864 bytes");
  }

  /** Knows how names of files are encoded. */
  public record Encoded() implements Job {

    @Override
    public void define(Pipeline pipeline) {
      String encoding = System.getProperty("native.encoding", "");
      pipeline
          .source("words", Sources.of(String.class, List.of("a")))
          .map(word -> word + encoding)
          .sink("out", Sinks.print());
    }
  }

  /** Whatever the encoding here is: it fails in one of two of them if it is fixed there. */
  @Test
  void namesOfFilesAreEncodedTheSameWayInTheOtherJvm() {
    JobRecipe recipe = JobRecipe.of(new Encoded());
    Differences differences = new Differences(PlanDescription.of(new Encoded()));

    OtherJvm.compare(recipe, differences);

    assertThat(differences.problems()).isEmpty();
  }

  @Test
  void theLocaleOfNamesOfFilesIsThatOfTheFirstVariableThatHasOne() {
    assertThat(OtherJvm.locale(Map.of("LC_ALL", "a", "LC_CTYPE", "b", "LANG", "c"))).contains("a");
    assertThat(OtherJvm.locale(Map.of("LC_ALL", "", "LC_CTYPE", "b", "LANG", "c"))).contains("b");
    assertThat(OtherJvm.locale(Map.of("LANG", "c", "PATH", "d"))).contains("c");
    assertThat(OtherJvm.locale(Map.of("PATH", "d"))).isEmpty();
  }

  /** A program that does not end by itself. */
  static final class Waiting {

    private Waiting() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println(System.in.read());
    }
  }

  private static Process waiting() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName())
        .start();
  }

  @Test
  void aProcessHasEndedWhenAnInterruptIsTold() throws IOException {
    Process process = waiting();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> OtherJvm.status(process, "demo.MyJob"))
        .isInstanceOf(HeadraceException.class)
        .hasFieldOrPropertyWithValue("code", ErrorCode.WAIT_INTERRUPTED);

    boolean hasEnded = !process.isAlive();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(hasEnded).isTrue();
  }

  @Test
  void filesThatCannotBeDeletedDoNotHideWhatWentWrong() {
    Path missing = folder.resolve("missing");
    JobRecipe recipe = JobRecipe.of(new Encoded());
    Differences differences = new Differences(PlanDescription.of(new Encoded()));

    assertThatThrownBy(() -> OtherJvm.compare(recipe, differences, missing))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(missing.resolve("work").toString())
        .satisfies(failed -> assertThat(failed.getSuppressed()[0]).hasMessage(missing.toString()));
  }
}
