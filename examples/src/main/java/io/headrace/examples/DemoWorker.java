package io.headrace.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A JVM of its own that runs the job, and what it says. One thread. */
final class DemoWorker implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  /** Starts the job in a new JVM. */
  DemoWorker(Path flights, Path folder, double perSecond) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            FlightDelaysMain.class.getName(),
            flights.toString(),
            folder.toString(),
            Double.toString(perSecond));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = process.inputReader(StandardCharsets.UTF_8);
  }

  long pid() {
    return process.pid();
  }

  /** The next line that the job says; empty when it has ended. */
  Optional<String> line() throws IOException {
    return Optional.ofNullable(output.readLine());
  }

  /** The lines that are still to come. */
  Stream<String> lines() {
    return output.lines();
  }

  /** Ends the JVM with SIGKILL: nothing in it gets to know. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /** Waits for the end. Returns the exit status. */
  int waitFor() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    output.close();
  }
}
