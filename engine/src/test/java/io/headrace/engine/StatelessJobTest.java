package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.api.Stream;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.checkpoint.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints of a job that keeps no state. */
@Timeout(60)
class StatelessJobTest {

  @TempDir Path directory;

  @Test
  @Tag("SO-1")
  void operatorsWithoutStateAreInNoCheckpoint() throws IOException {
    CollectingSink<String> sink = Sinks.collect();
    Job job =
        pipeline -> {
          Stream<Long> all =
              pipeline
                  .source("even", Sources.generate(Long.class, 1_000, index -> 2 * index))
                  .union(
                      pipeline.source(
                          "odd", Sources.generate(Long.class, 1_000, index -> 2 * index + 1)));
          all.map(number -> number / 2)
              .as(Long.class)
              .filter(number -> number < 10)
              .<String>flatMap((number, out) -> out.emit("number " + number))
              .as(String.class)
              .parallelism(3)
              .sink("out", sink);
          all.filter(number -> number < 0).sink("nothing", Sinks.collect());
        };

    Headrace.run(job, Settings.in(directory).parallelism(2).checkpointInterval(Duration.ofDays(1)));

    assertThat(sink.values()).hasSize(20);
    Manifest manifest = StoredCheckpoints.newest(directory);
    assertThat(manifest.sources()).extracting(Manifest.Source::name).containsExactly("even", "odd");
    assertThat(manifest.sinks()).extracting(Manifest.Sink::name).containsExactly("out");
    assertThat(manifest.operators()).isEmpty();
    assertThat(manifest.connectors()).isEmpty();
    assertThat(files(manifest)).containsExactly("manifest.avro");
  }

  private List<String> files(Manifest manifest) throws IOException {
    Path folder =
        directory.resolve("checkpoints").resolve(manifest.id() + "-" + manifest.attempt());
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
