package io.headrace.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.Settings;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.files.CsvFiles;
import io.headrace.files.WatchedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job that reads what appears in a folder, and writes packed files into folders by day. */
@Timeout(60)
class WatchedFolderJobTest {

  private static final int PER_FILE = 200;

  @TempDir Path folder;

  record Order(int day, String text) {}

  private Path in() {
    return folder.resolve("in");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Job job() {
    WatchedFolder appearing = WatchedFolder.of(in(), "*.csv", Duration.ofMillis(1));
    return pipeline ->
        pipeline
            .source("orders", CsvFiles.read(appearing, Order.class))
            .sink(
                "by-day",
                CsvFiles.write(out(), Order.class)
                    .partitionedBy(order -> "day=" + order.day())
                    .rollAt(500)
                    .gzip());
  }

  /** A file that appears whole. */
  private void put(String name) throws IOException {
    StringBuilder text = new StringBuilder("text,day\n");
    for (int i = 0; i < PER_FILE; i++) {
      text.append('"')
          .append(name)
          .append(",\n")
          .append(i)
          .append("\",")
          .append(i % 3)
          .append('\n');
    }
    Path hidden = Files.writeString(in().resolve("." + name), text);
    Files.move(hidden, in().resolve(name + ".csv"));
  }

  /** How many orders are in the folder of each day, once each. */
  private List<Long> committed() throws IOException {
    List<Long> counts = new ArrayList<>();
    for (int day = 0; day < 3; day++) {
      Path files = out().resolve("day=" + day);
      counts.add(Files.isDirectory(files) ? orders(files).stream().distinct().count() : 0L);
    }
    return counts;
  }

  private static List<String> orders(Path files) throws IOException {
    List<String> orders = new ArrayList<>();
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.toList()) {
        assertThat(file.toString()).endsWith(".csv.gz");
        try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
          String text = String.join("\n", lines.lines().skip(1).toList());
          orders.addAll(List.of(text.split("(?<=[^,])\n", -1)));
        }
      }
    }
    return orders;
  }

  @Test
  @Tag("EE-2")
  void everyFileThatAppearsIsReadOnceOverStopsAndDeletions() throws IOException {
    Files.createDirectory(in());
    Settings settings =
        Settings.in(folder.resolve("state")).checkpointInterval(Duration.ofMillis(5));
    int files = 0;
    for (int parallelism : new int[] {1, 3, 2}) {
      put("down-" + parallelism);
      try (Run run = Headrace.start(job(), settings.parallelism(parallelism))) {
        put("up-" + parallelism);
        files += 2;
        List<Long> expected = expected(files);
        while (!committed().equals(expected)) {
          assertThat(run.isEnded()).isFalse();
          LockSupport.parkNanos(1_000);
        }
        // It was read to its end, and a checkpoint says so.
        Files.delete(in().resolve("down-" + parallelism + ".csv"));
        run.stop();
        assertThat(run.await()).isEqualTo(Outcome.Kind.STOPPED);
      }
    }

    for (int day = 0; day < 3; day++) {
      assertThat(orders(out().resolve("day=" + day))).doesNotHaveDuplicates();
    }
    assertThat(committed()).isEqualTo(expected(files));
  }

  private static List<Long> expected(int files) {
    return List.of(files * 67L, files * 67L, files * 66L);
  }
}
