package io.headrace.architecture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path err = Files.createTempFile(folder, "said", ".err");
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Jvm(process.waitFor(), out, Files.readString(err));
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
