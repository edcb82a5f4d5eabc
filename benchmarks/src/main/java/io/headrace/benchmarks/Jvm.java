package io.headrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JVM that this one started. What it prints as a {@link Line} is for us; everything else goes to
 * the standard error. One thread.
 */
final class Jvm implements AutoCloseable {

  private final Instant started;
  private final Process process;
  private final BufferedReader lines;

  private Jvm(Instant started, Process process) {
    this.started = started;
    this.process = process;
    this.lines = process.inputReader(StandardCharsets.UTF_8);
  }

  /**
   * How to start one.
   *
   * @param flags of the JVM
   * @param classPath as {@code -cp} takes it
   */
  record How(List<String> flags, String classPath) {

    How {
      flags = List.copyOf(flags);
    }

    /** The flags of an entrant and others, and the class path of this JVM. */
    static How of(Entrant entrant, String... flags) {
      List<String> all = new ArrayList<>(List.of(flags));
      all.addAll(entrant.flags());
      return new How(all, System.getProperty("java.class.path"));
    }

    /** The same with a heap of a fixed size and a collector. */
    static How of(Entrant entrant, String heap, Options.Collector collector) {
      return of(entrant, "-Xms" + heap, "-Xmx" + heap, collector.flag());
    }
  }

  /** Starts one. */
  static Jvm start(How how, Class<?> main, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(how.flags());
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(List.of("-cp", how.classPath()));
    command.add(main.getName());
    command.addAll(arguments);
    Instant started = Instant.now();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // A benchmark that is stopped by hand must not leave a contestant running.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return new Jvm(started, process);
  }

  /** When it was started. */
  Instant started() {
    return started;
  }

  /** Waits for its next line of a name; empty when it ends without one. */
  Optional<Line> await(String name) throws IOException {
    for (String text = lines.readLine(); text != null; text = lines.readLine()) {
      Optional<Line> line = Line.parse(text);
      if (line.isPresent() && line.get().name().equals(name)) {
        return line;
      }
      System.err.println(text);
    }
    return Optional.empty();
  }

  /** Waits for its end. Returns whether it ended well. */
  boolean hasEndedWell() throws InterruptedException {
    return process.waitFor() == 0;
  }

  /** Kills it with SIGKILL and waits for its end. Returns when it was killed. */
  Instant kill() throws InterruptedException {
    Instant killed = Instant.now();
    process.destroyForcibly();
    process.waitFor();
    return killed;
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    lines.close();
  }
}
