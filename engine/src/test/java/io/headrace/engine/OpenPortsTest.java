package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.Settings;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job opens no port: nobody can reach it over a network. */
@Tag("S14")
@Timeout(60)
class OpenPortsTest {

  @TempDir Path folder;

  @Test
  void aJobThatRunsHasNoSocketOfANetwork() throws Exception {
    assertThat(socketsOf("none")).isEmpty();
  }

  @Test
  void aSocketWouldBeSeen() throws Exception {
    assertThat(socketsOf("one")).hasSize(1);
  }

  /** The sockets among the open files of a process in which a job runs. */
  private List<String> socketsOf(String mode) throws Exception {
    Process child = ChildJob.start(Running.class, List.of(), List.of(folder.toString(), mode));
    try (BufferedReader said = child.inputReader(StandardCharsets.UTF_8)) {
      String line = said.readLine();
      while (line != null && !line.equals("runs")) {
        line = said.readLine();
      }
      assertThat(line).isEqualTo("runs");
      return socketsOf(child.pid());
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static List<String> socketsOf(long process) throws IOException {
    Path proc = Path.of("/proc", Long.toString(process));
    List<String> ofNetworks = new ArrayList<>();
    for (String protocol : List.of("tcp", "tcp6", "udp", "udp6", "unix")) {
      for (String line : Files.readAllLines(proc.resolve("net").resolve(protocol))) {
        List<String> words = List.of(line.strip().split(" +", -1));
        boolean isUnix = protocol.equals("unix");
        // The JDK holds one end of a pair for closing files; of those only what listens counts.
        if (!isUnix || words.get(3).equals("00010000")) {
          ofNetworks.add("socket:[" + words.get(isUnix ? 6 : 9) + "]");
        }
      }
    }
    List<String> sockets = new ArrayList<>();
    try (Stream<Path> open = Files.list(proc.resolve("fd"))) {
      for (Path file : open.toList()) {
        target(file).filter(ofNetworks::contains).ifPresent(sockets::add);
      }
    }
    return sockets;
  }

  /**
   * What is open under a number; nothing if it has been closed meanwhile, as files of checkpoints
   * are.
   */
  private static Optional<String> target(Path number) throws IOException {
    try {
      return Optional.of(Files.readSymbolicLink(number).toString());
    } catch (NoSuchFileException closed) {
      return Optional.empty();
    }
  }

  /** A job with everything that a core job may have, and perhaps a socket beside it. */
  static final class Running {

    private Running() {}

    public static void main(String[] arguments) throws IOException {
      Settings settings =
          Settings.in(Path.of(arguments[0]))
              .checkpointInterval(Duration.ofMillis(5))
              .drainOnShutdown(Duration.ofSeconds(1));
      try (ServerSocket socket = new ServerSocket();
          Run run =
              Headrace.start(
                  pipeline ->
                      pipeline
                          .source(
                              "numbers",
                              Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
                          .keyBy(number -> number % 100)
                          .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                          .filter(sum -> sum.value() < 0)
                          .sink("out", Sinks.print()),
                  settings,
                  state -> {})) {
        if (arguments[1].equals("one")) {
          socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        while (run.status().complete() == 0) {
          LockSupport.parkNanos(1_000);
        }
        System.out.println("runs");
        run.await();
      }
    }
  }
}
