package io.headrace.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.checkpoint.CheckpointStore;
import io.headrace.checkpoint.Facts;
import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import io.headrace.engine.Headrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job's directory is laid out as the page on the architecture says. */
@Tag("SP-6")
final class DirectoryPageTest {

  private static final String FILES_OF_STATE = ".state.avro";

  private final Path directory;

  DirectoryPageTest(@TempDir Path directory) {
    this.directory = directory;
    Headrace.run(
        pipeline ->
            pipeline
                .source("flights", Sources.generate(Long.class, 1_000, index -> index))
                .keyBy(flight -> flight % 10)
                .aggregate("delays", Long.class, 0L, (sum, flight) -> sum + flight)
                .sink("report", Sinks.collect()),
        Settings.in(directory).parallelism(2));
  }

  /** The names on the page, without the folders that hold them and with N for each number. */
  private static Set<String> named() {
    String page = Repository.text(Repository.found().root().resolve("docs/ARCHITECTURE.md"));
    String drawing = page.split("## On disk\\s+```\n")[1].split("```")[0];
    return drawing
        .lines()
        .skip(1)
        .flatMap(line -> Stream.of(line.strip().split(" {3,}")[0].split(" {2}")))
        .map(name -> numberless(name.replaceAll("/$", "").replaceAll(".*/", "")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String numberless(String name) {
    return name.replaceAll("id-[0-9a-f]{16}|[0-9]+", "N");
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> !file.equals(folder)).sorted().toList();
    }
  }

  @Test
  void thePageNamesWhatThereIsAndNothingElse() throws IOException {
    Set<String> names =
        all(directory).stream()
            .map(file -> numberless(file.getFileName().toString()))
            .filter(name -> !name.equals("checkpoints"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(names).isEqualTo(named());
  }

  @Test
  void theManifestNamesTheFilesOfStateBesideIt() throws IOException {
    Facts facts = new CheckpointStore(directory, "job").inspect(Optional.empty());
    Manifest manifest = ((Facts.Intact) facts.found().get(0)).manifest();
    Path folder =
        directory.resolve("checkpoints").resolve(manifest.id() + "-" + manifest.attempt());

    assertThat(manifest.operators().get(0).states().get(0).files())
        .extracting(StateFile::name)
        .hasSize(2)
        .containsExactlyElementsOf(
            all(folder).stream()
                .map(file -> file.getFileName().toString())
                .filter(name -> name.endsWith(FILES_OF_STATE))
                .toList());
    assertThat(folder.resolve("manifest.avro")).exists();
  }
}
