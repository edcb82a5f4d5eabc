package io.headrace.files;

import io.headrace.files.FileSinkTest.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what a sink of lines has written, whichever its format. */
final class LineFiles {

  private LineFiles() {}

  /** The names of the files that a reader of a folder sees, with those of folders on the way. */
  static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** The texts of the lines in a file, in their order. */
  static List<String> texts(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.contains(".txt")) {
      return Reading.of(TextFiles.read(file)).values();
    }
    FileSource<Line> source =
        name.contains(".csv") ? CsvFiles.read(file, Line.class) : JsonLines.read(file, Line.class);
    return Reading.of(source).values().stream().map(Line::text).toList();
  }

  /** The texts of all lines that a reader of a folder sees. */
  static List<String> all(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : names(folder)) {
      texts.addAll(texts(folder.resolve(name)));
    }
    return texts;
  }
}
