package io.headrace.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change to the source of one class, made for one test.
 *
 * @param source the file, from the root of the project
 * @param original what stands in it, exactly once
 * @param replacement what is to stand there
 */
record Patch(String source, String original, String replacement) {

  /** The source as it is. */
  String unchanged() throws IOException {
    return Files.readString(root().resolve(source));
  }

  /** The source with this change, and those made before. */
  String apply(String text) {
    int at = text.indexOf(original);
    if (at < 0 || text.indexOf(original, at + 1) >= 0) {
      throw new IllegalStateException(
          "\"" + original + "\" does not stand exactly once in " + source + ": mend the patch.");
    }
    return text.replace(original, replacement);
  }

  String className() {
    return source
        .substring(source.indexOf("src/main/java/") + "src/main/java/".length())
        .replace(".java", "")
        .replace('/', '.');
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    return Files.exists(folder.resolve("LICENSE")) ? folder : folder.resolve("..").normalize();
  }
}
