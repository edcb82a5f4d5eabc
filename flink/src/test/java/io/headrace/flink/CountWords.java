package io.headrace.flink;

import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.Pipeline;
import io.headrace.files.JsonLines;
import io.headrace.files.TextFiles;
import java.nio.file.Path;

/**
 * Counts words.
 *
 * @param in a file of lines
 * @param out the folder to write to
 */
public record CountWords(String in, String out) implements Job {

  /** A word and how often it has come. */
  public record Count(String word, long count) {}

  @Override
  public void define(Pipeline pipeline) {
    pipeline
        .source("lines", TextFiles.read(Path.of(in)))
        .<String>flatMap(
            (line, words) -> {
              for (String word : line.split(" ", -1)) {
                words.emit(word);
              }
            })
        .as(String.class)
        .keyBy(word -> word)
        .aggregate("counts", Long.class, 0L, (count, word) -> count + 1)
        .map((KeyValue<String, Long> each) -> new Count(each.key(), each.value()))
        .sink("out", JsonLines.write(Path.of(out), Count.class));
  }
}
