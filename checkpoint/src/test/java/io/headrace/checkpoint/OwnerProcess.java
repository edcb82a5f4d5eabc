package io.headrace.checkpoint;

import io.headrace.api.HeadraceException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another JVM that takes a directory, as one that shares it by mistake does. */
final class OwnerProcess implements AutoCloseable {

  private static final String TAKEN = "taken in epoch ";

  private final Process process;
  private final BufferedReader answers;
  private final BufferedWriter orders;

  private OwnerProcess(Process process) {
    this.process = process;
    this.answers = process.inputReader(StandardCharsets.UTF_8);
    this.orders = process.outputWriter(StandardCharsets.UTF_8);
  }

  static OwnerProcess start(Path directory, String owner) throws IOException {
    return new OwnerProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                directory.toString(),
                owner)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** What came of the attempt to take the directory: the epoch, or why it is refused. */
  String answer() throws IOException {
    return String.valueOf(answers.readLine());
  }

  static String taken(long epoch) {
    return TAKEN + epoch;
  }

  /** Lets the process give the directory up and end. */
  void giveUp() throws IOException, InterruptedException {
    orders.write("give up\n");
    orders.flush();
    awaitEnd();
  }

  /** Ends the process without letting it do anything. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " goes on");
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }

  /** Takes a directory, says so, and keeps it until told otherwise. */
  public static void main(String[] args) throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (Ownership ownership = Ownership.acquire(Path.of(args[0]), args[1])) {
      System.out.println(TAKEN + ownership.nextEpoch());
      orders.readLine();
    } catch (HeadraceException refused) {
      System.out.println(refused.getMessage());
    }
  }
}
