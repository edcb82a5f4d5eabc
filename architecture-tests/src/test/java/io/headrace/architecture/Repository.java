package io.headrace.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The files of the project.
 *
 * @param root the folder of the parent pom
 */
record Repository(Path root) {

  private static final Set<String> SKIPPED = Set.of(".git", "target", ".idea", "node_modules");

  /** Looks from the folder of the module that is tested upwards. */
  static Repository found() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("architecture-tests/pom.xml"))) {
      Path parent = folder.getParent();
      if (parent == null) {
        throw new IllegalStateException(
            "No folder from " + Path.of("").toAbsolutePath() + " upwards holds the modules.");
      }
      folder = parent;
    }
    return new Repository(folder);
  }

  /** All files of the project that are wanted, in the order of their names. */
  List<Path> files(Predicate<Path> wanted) {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> isOurs(root.relativize(file)))
          .filter(Files::isRegularFile)
          .filter(wanted)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The name of a file as it appears in problems. */
  String name(Path file) {
    return root.relativize(file).toString();
  }

  static String text(Path file) {
    return new String(bytes(file), StandardCharsets.UTF_8);
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path relative) {
    for (Path part : relative) {
      if (SKIPPED.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }
}
