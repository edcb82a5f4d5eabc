package io.headrace.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.examples.FlightDelays;
import io.headrace.examples.Flights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/** A job on a cluster of processes, from a jar and by Flink's command line, as a user does it. */
@Timeout(900)
class ClusterTest {

  /** So that it would take seven minutes, and is stopped in the middle for certain. */
  private static final double SLOWLY = 50;

  private static final double FAST = 4_000;

  private static final JsonMapper JSON = new JsonMapper();

  /** Within the build, so that what the processes have printed is found there after a failure. */
  static final class Target implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext field, ExtensionContext test)
        throws IOException {
      return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "cluster-");
    }
  }

  @TempDir(factory = Target.class, cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Path flights = Path.of("");
  private Path out = Path.of("");
  private Path app = Path.of("");

  @BeforeEach
  void makeTheJar() throws IOException {
    flights = Flights.copyTo(folder);
    out = folder.resolve("out");
    app = AppJar.in(folder);
  }

  @Test
  @Tag("full") // Starts nine processes.
  @Tag("R18")
  void nobodyCanTellThatATaskManagerWasKilledAndThatTheJobWasRescaledTwice() throws Exception {
    try (LocalCluster cluster = LocalCluster.in(folder.resolve("cluster"))) {
      String first = cluster.submit(byLauncher(SLOWLY, "-p", "3"));
      killATaskManagerInTheMiddle(cluster, first);
      assertThat(parallelism(cluster, first)).isEqualTo(3);
      String savepoint = cluster.stop(first);
      final int committed = committedInTheMiddle();

      String second = cluster.submit(byProgram(SLOWLY, "-p", "4", "-s", savepoint));
      JsonNode restored = restored(cluster.awaitCheckpoints(second, ClusterTest::hasGoneOn));
      assertThat(restored.path("is_savepoint").asBoolean()).isTrue();
      assertThat(restored.path("external_path").asText()).isEqualTo(savepoint);
      assertThat(parallelism(cluster, second)).isEqualTo(4);
      String next = cluster.stop(second);
      assertThat(committedInTheMiddle()).isGreaterThan(committed);

      String last = cluster.run(byLauncher(FAST, "-p", "2", "-s", next));
      assertThat(parallelism(cluster, last)).isEqualTo(2);
      cluster.awaitState(last, "FINISHED");
    }

    Path embedded = folder.resolve("embedded");
    new EmbeddedRunner().run(new FlightDelays(flights, 0, embedded), folder.resolve("state"));
    assertThat(committed()).isEqualTo(Flights.COUNT);
    assertThat(linesByAirport(out)).isEqualTo(linesByAirport(embedded));
  }

  @Test
  @Tag("full")
  void aClusterWhosePortIsTakenIsToStartOnAnother() throws Exception {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, here)) {
      int free;
      try (ServerSocket other = new ServerSocket(0, 1, here)) {
        free = other.getLocalPort();
      }
      List<Integer> ports = List.of(taken.getLocalPort(), free);

      assertThat(LocalCluster.on(ports, folder.resolve("cluster"))).isEmpty();
    }
  }

  // What a user does

  private List<String> byLauncher(double perSecond, String... options) throws IOException {
    Map<String, Object> settings =
        Map.of("flights", flights.toString(), "perSecond", perSecond, "updates", out.toString());
    Path file = folder.resolve("settings.json");
    Files.writeString(file, JSON.writeValueAsString(settings));
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-c", Launcher.class.getName(), app.toString()));
    arguments.addAll(List.of(FlightDelays.class.getName(), file.toString()));
    return arguments;
  }

  private List<String> byProgram(double perSecond, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-c", FlightsOnFlink.class.getName(), app.toString()));
    arguments.addAll(List.of(flights.toString(), Double.toString(perSecond), out.toString()));
    return arguments;
  }

  /** Waits until the job has gone on from a checkpoint not older than the last before the kill. */
  private void killATaskManagerInTheMiddle(LocalCluster cluster, String job) throws Exception {
    JsonNode before = cluster.awaitCheckpoints(job, told -> completed(told) > 1 && committed() > 0);
    final int committed = committedInTheMiddle();
    cluster.killTaskManager();
    cluster.startTaskManager();

    JsonNode after = cluster.awaitCheckpoints(job, ClusterTest::hasGoneOn);
    assertThat(restored(before).isMissingNode()).isTrue();
    assertThat(restored(after).path("is_savepoint").asBoolean()).isFalse();
    assertThat(restored(after).path("id").asLong()).isGreaterThanOrEqualTo(completed(before));
    assertThat(committedInTheMiddle()).isGreaterThanOrEqualTo(committed);
  }

  // What the cluster tells

  /** Whether a checkpoint was completed since the job started from another. */
  private static boolean hasGoneOn(JsonNode checkpoints) {
    long from = restored(checkpoints).path("id").asLong();
    return from > 0 && completed(checkpoints) > from;
  }

  /** The newest checkpoint that is complete; 0 for none. */
  private static long completed(JsonNode checkpoints) {
    return checkpoints.path("latest").path("completed").path("id").asLong();
  }

  /** The checkpoint or savepoint that the job started from last; nothing for none. */
  private static JsonNode restored(JsonNode checkpoints) {
    JsonNode restored = checkpoints.path("latest").path("restored");
    return restored.isNull() ? JSON.missingNode() : restored;
  }

  /** How many tasks the operator of a job has that has most of them. */
  private static int parallelism(LocalCluster cluster, String job) throws Exception {
    int most = 0;
    for (JsonNode vertex : cluster.awaitVertices(job)) {
      most = Math.max(most, vertex.path("parallelism").asInt());
    }
    return most;
  }

  // What is written

  /** How many lines are committed, while it is some but not all. */
  private int committedInTheMiddle() {
    int committed = committed();
    assertThat(committed).isBetween(1, Flights.COUNT - 1);
    return committed;
  }

  private int committed() {
    return linesByAirport(out).values().stream().mapToInt(List::size).sum();
  }

  /** What is committed, for each airport in order; nothing while the folder is not there. */
  private static Map<String, List<String>> linesByAirport(Path folder) {
    Map<String, List<String>> lines = new TreeMap<>();
    if (!Files.exists(folder)) {
      return lines;
    }
    // Their names sort in the order of commits.
    try (Stream<Path> files = Files.list(folder).sorted()) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        for (String line : Files.readAllLines(file)) {
          String airport = JSON.readTree(line).path("airport").asText();
          lines.computeIfAbsent(airport, any -> new ArrayList<>()).add(line);
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return lines;
  }
}
