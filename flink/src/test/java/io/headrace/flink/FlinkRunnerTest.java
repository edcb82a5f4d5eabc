package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class FlinkRunnerTest {

  @TempDir Path folder;

  @Test
  void countsWordsOnFlink() throws Exception {
    Path in = Files.writeString(folder.resolve("in.txt"), "a b a\nc a b\n");
    FlinkRunner.run(new CountWords(in.toString(), folder.resolve("out").toString()));
    assertThat(lines(folder.resolve("out")))
        .containsExactlyInAnyOrder(
            "{\"word\":\"a\",\"count\":1}",
            "{\"word\":\"a\",\"count\":2}",
            "{\"word\":\"a\",\"count\":3}",
            "{\"word\":\"b\",\"count\":1}",
            "{\"word\":\"b\",\"count\":2}",
            "{\"word\":\"c\",\"count\":1}");
  }

  /** A job without settings. */
  public record Nothing() implements Job {

    @Override
    public void define(Pipeline pipeline) {
      pipeline.source("none", Sources.of(Long.class, List.<Long>of())).sink("out", Sinks.print());
    }
  }

  @Test
  void aRecordWithoutComponentsIsAJobWithoutSettings() throws Exception {
    assertThat(FlinkRunner.run(new Nothing()).isJobExecutionResult()).isTrue();
  }

  private static List<String> lines(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    return lines;
  }
}
