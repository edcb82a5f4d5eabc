package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a job keeps is for its user only, whatever the process is set to. */
@Tag("S17")
@Timeout(60)
class PrivateFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"000", "022", "077"})
  void filesAndDirectoriesAreForTheirOwnerOnly(String umask) throws Exception {
    Path directory = folder.resolve("above").resolve("state");

    Process child = start(umask, directory);

    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    List<String> seen = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder.resolve("above"))) {
      for (Path each : all.toList()) {
        seen.add(each.getFileName().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .as("%s with umask %s", each, umask)
            .isEqualTo(Files.isDirectory(each) ? "rwx------" : "rw-------");
      }
    }
    assertThat(seen)
        .contains("jvm.lock", "owner.lock", "owner", "started", "epoch-1", "manifest.avro")
        .anyMatch(name -> name.endsWith(".state.avro"))
        .anyMatch(name -> name.startsWith("completed-"));
  }

  private static Process start(String umask, Path directory) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return new ProcessBuilder(
            "sh",
            "-c",
            "umask " + umask + "; exec \"$@\"",
            "sh",
            java,
            "-cp",
            System.getProperty("java.class.path"),
            Sums.class.getName(),
            directory.toString())
        .redirectErrorStream(true)
        .start();
  }

  /** A job to its end. */
  static final class Sums {

    private Sums() {}

    public static void main(String[] arguments) {
      Headrace.run(
          pipeline ->
              pipeline
                  .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
                  .keyBy(number -> number % 100)
                  .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                  .sink("out", Sinks.collect()),
          Settings.in(Path.of(arguments[0])));
    }
  }
}
