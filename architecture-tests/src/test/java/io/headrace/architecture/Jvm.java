package io.headrace.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a JVM of its own said, of the JDK that runs the tests.
 *
 * @param status the exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error, logs too
 */
record Jvm(int status, String out, String err) {

  /** Has the examples' provider of SLF4J write what it would leave out. */
  static final String LOGGING = "-Dorg.slf4j.simpleLogger.defaultLogLevel=info";

  /** Runs one to its end, in a folder. */
  static Jvm run(Path folder, List<String> arguments) throws IOException, InterruptedException {
    return run(ofTheTests(), folder, arguments);
  }

  /** Runs one of a JDK to its end, in a folder. */
  static Jvm run(Path jdk, Path folder, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin").resolve("java").toString());
    command.addAll(arguments);
    Path err = Files.createTempFile(folder, "said", ".err");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Jvm(process.waitFor(), out, Files.readString(err));
  }

  /** The JDK that runs the tests. */
  static Path ofTheTests() {
    return Path.of(System.getProperty("java.home"));
  }

  /**
   * The JDKs of this machine that are supported: those that stand beside the one that runs the
   * tests, and those that environment variables named {@code JAVA_HOME_...} say.
   */
  static Set<Path> jdks() throws IOException {
    List<Path> candidates = new ArrayList<>();
    System.getenv()
        .forEach(
            (name, value) -> {
              if (name.startsWith("JAVA_HOME_")) {
                candidates.add(Path.of(value));
              }
            });
    try (Stream<Path> beside = Files.list(ofTheTests().toRealPath().resolve(".."))) {
      beside.forEach(candidates::add);
    }
    Set<Path> jdks = new TreeSet<>();
    for (Path candidate : candidates) {
      if (isSupported(candidate)) {
        jdks.add(candidate.toRealPath());
      }
    }
    return jdks;
  }

  private static boolean isSupported(Path jdk) throws IOException {
    Path release = jdk.resolve("release");
    if (!Files.isExecutable(jdk.resolve("bin").resolve("java")) || !Files.exists(release)) {
      return false;
    }
    Matcher version =
        Pattern.compile("(?m)^JAVA_VERSION=\"([0-9]+)").matcher(Files.readString(release));
    return version.find() && Integer.parseInt(version.group(1)) >= 17;
  }

  /** The lines that a JVM writes itself about what it will not let classes do any more. */
  List<String> warnings() {
    return err.lines()
        .filter(
            line ->
                line.startsWith("WARNING:")
                    || line.matches(
                        "(?i).*(illegal reflective|unsafe|--add-opens|--enable-native).*"))
        .toList();
  }
}
