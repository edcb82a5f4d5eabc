package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that belongs to one run at a time: empty when it is opened, and empty when closed. */
record Folder(Path path) implements AutoCloseable {

  /** Empties the folder of that name in the directory that the options name. */
  static Folder open(Options options, String name) throws IOException {
    Folder folder = new Folder(options.setting().directory().toAbsolutePath().resolve(name));
    folder.empty();
    return folder;
  }

  private void empty() throws IOException {
    if (Files.exists(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(path);
  }

  @Override
  public void close() throws IOException {
    empty();
  }
}
