package io.headrace.flink;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Processes with the classes of Flink, each with a log of its own. All of them end when this is
 * closed, or else with this JVM. One thread.
 */
final class FlinkProcesses implements AutoCloseable {

  /** How many of the last lines of each log are shown when something fails. */
  private static final int TAIL = 40;

  /** Packages of the JDK that Flink reaches into, as its scripts name them. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.net",
          "java.io",
          "java.nio",
          "sun.nio.ch",
          "java.lang.reflect",
          "java.text",
          "java.time",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "java.util.concurrent.locks");

  private static final List<String> EXPORTED =
      List.of(
          "java.base/sun.net.util",
          "java.rmi/sun.rmi.registry",
          "java.security.jgss/sun.security.krb5");

  /** A process, and the file that it prints to. */
  private record Logged(Process process, Path log) {}

  private final Path conf;
  private final Path logs;

  /** All that were started; also read by the thread that ends them with this JVM. */
  private final List<Logged> started = new CopyOnWriteArrayList<>();

  /**
   * No processes yet.
   *
   * @param conf the folder with Flink's config.yaml
   * @param logs a folder for what they print
   */
  FlinkProcesses(Path conf, Path logs) throws IOException {
    this.conf = conf;
    this.logs = Files.createDirectories(logs);
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroyAll));
  }

  /**
   * Starts a process.
   *
   * @param options for the JVM
   * @param command the main class and its arguments
   */
  Process start(String name, List<String> options, List<String> command) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(options);
    line.add("-XX:TieredStopAtLevel=1");
    line.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
    OPENED.forEach(each -> line.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    EXPORTED.forEach(each -> line.add("--add-exports=" + each + "=ALL-UNNAMED"));
    line.addAll(List.of("-cp", classPath()));
    line.addAll(command);
    Path log = logs.resolve(started.size() + "-" + name + ".log");
    ProcessBuilder process = new ProcessBuilder(line).redirectErrorStream(true);
    process.environment().put("FLINK_CONF_DIR", conf.toString());
    process.redirectOutput(log.toFile());
    Logged running = new Logged(process.start(), log);
    started.add(running);
    return running.process();
  }

  /** What is on the class path of the tests, but nothing of ours and of what we bring along. */
  private static String classPath() {
    Set<Path> ours = AppJar.parts();
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .filter(Files::isRegularFile)
        .filter(part -> !ours.contains(part))
        .filter(part -> !part.getFileName().toString().startsWith("headrace-"))
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  /** What a process has printed so far. */
  String printedBy(Process process) throws IOException {
    for (Logged each : started) {
      if (each.process().equals(process)) {
        return Files.readString(each.log());
      }
    }
    throw new IllegalArgumentException("Process " + process.pid() + " was not started here.");
  }

  /** A failure that shows the last lines that every process has printed. */
  AssertionError failure(String what) throws IOException {
    StringBuilder message = new StringBuilder(what).append(", see ").append(logs);
    for (Logged each : started) {
      List<String> lines = Files.readAllLines(each.log());
      message.append("\n--- ").append(each.log().getFileName());
      message.append(each.process().isAlive() ? ", runs" : ", ended");
      lines.stream()
          .skip(Math.max(0, lines.size() - TAIL))
          .forEach(line -> message.append('\n').append(line));
    }
    return new AssertionError(message.toString());
  }

  private void destroyAll() {
    started.forEach(each -> each.process().destroyForcibly());
  }

  @Override
  public void close() throws InterruptedException {
    destroyAll();
    for (Logged each : started) {
      each.process().waitFor();
    }
  }
}
