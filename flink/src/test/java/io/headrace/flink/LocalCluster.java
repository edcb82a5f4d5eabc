package io.headrace.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.client.cli.CliFrontend;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * A cluster of Flink's whose parts are processes of their own, on this machine alone. It is used by
 * Flink's command line, and asked by its REST API. One thread.
 */
final class LocalCluster implements AutoCloseable {

  /** How long a cluster may take for one thing that is waited for, also on a busy machine. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final int TASK_MANAGERS = 2;
  private static final int SLOTS = 2;
  private static final int FIRST_TASK_MANAGER = 1;
  private static final int MOST_TRIALS = 5;

  /** How a process exits that is ended by SIGKILL. */
  private static final int KILLED = 128 + 9;

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern JOB = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final Pattern SAVEPOINT = Pattern.compile("Savepoint completed. Path: (\\S+)");

  /**
   * No script computes the sizes of a process here, so all of them are said. On a busy machine a
   * process may take long to start and to answer; one that is killed refuses connections at once.
   */
  private static final String CONFIG =
      """
      rest.port: %d
      jobmanager.rpc.port: %d
      io.tmp.dirs: %s
      execution.checkpointing.dir: %s
      taskmanager.numberOfTaskSlots: %d
      execution.checkpointing.interval: 500 ms
      execution.checkpointing.storage: filesystem
      state.backend.type: hashmap
      heartbeat.interval: 1000
      heartbeat.timeout: 20000
      pekko.ask.timeout: 60 s
      pekko.startup-timeout: 60 s
      client.timeout: 120 s
      restart-strategy.type: fixed-delay
      restart-strategy.fixed-delay.attempts: 20
      restart-strategy.fixed-delay.delay: 500 ms
      jobmanager.rpc.address: localhost
      jobmanager.bind-host: localhost
      rest.address: localhost
      rest.bind-address: localhost
      taskmanager.host: localhost
      taskmanager.bind-host: localhost
      taskmanager.cpu.cores: 1.0
      taskmanager.memory.framework.heap.size: 64m
      taskmanager.memory.framework.off-heap.size: 64m
      taskmanager.memory.task.heap.size: 256m
      taskmanager.memory.task.off-heap.size: 16m
      taskmanager.memory.network.min: 32m
      taskmanager.memory.network.max: 32m
      taskmanager.memory.managed.size: 64m
      taskmanager.memory.jvm-metaspace.size: 128m
      taskmanager.memory.jvm-overhead.min: 64m
      taskmanager.memory.jvm-overhead.max: 64m
      """;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path folder;
  private final URI rest;
  private final FlinkProcesses processes;

  /** The JobManager, then the TaskManagers in the order of their starts. */
  private final List<Process> running = new ArrayList<>();

  private LocalCluster(Path folder, int restPort) throws IOException {
    this.folder = folder;
    this.rest = URI.create("http://localhost:" + restPort);
    this.processes = new FlinkProcesses(folder.resolve("conf"), folder.resolve("logs"));
  }

  /** Starts a cluster with two TaskManagers of two slots, which keeps what it has in a folder. */
  static LocalCluster in(Path folder) throws IOException, InterruptedException {
    for (int trial = 1; trial <= MOST_TRIALS; trial++) {
      Optional<LocalCluster> cluster = on(freePorts(), folder.resolve("trial-" + trial));
      if (cluster.isPresent()) {
        return cluster.get();
      }
    }
    throw new AssertionError(
        "Of " + MOST_TRIALS + " pairs of free ports others took one before Flink did.");
  }

  /** Starts a cluster; nothing if another process has one of the ports by now. */
  static Optional<LocalCluster> on(List<Integer> ports, Path folder)
      throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(folder.resolve("scratch"));
    Path config = Files.createDirectories(folder.resolve("conf")).resolve("config.yaml");
    Files.writeString(
        config,
        CONFIG.formatted(
            ports.get(0), ports.get(1), scratch, folder.resolve("checkpoints").toUri(), SLOTS));
    LocalCluster cluster = new LocalCluster(folder, ports.get(0));
    try {
      cluster.startAll();
      return Optional.of(cluster);
    } catch (IOException | InterruptedException | RuntimeException | Error failed) {
      cluster.close();
      if (cluster.hasFoundAPortTaken()) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  private boolean hasFoundAPortTaken() throws IOException {
    return !running.isEmpty() && processes.printedBy(running.get(0)).contains("BindException");
  }

  /** Two ports that were free a moment ago: Flink has to be told which it is to use. */
  private static List<Integer> freePorts() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket one = new ServerSocket(0, 1, here);
        ServerSocket other = new ServerSocket(0, 1, here)) {
      return List.of(one.getLocalPort(), other.getLocalPort());
    }
  }

  private void startAll() throws IOException, InterruptedException {
    running.add(
        processes.start(
            "job-manager",
            List.of("-Xmx300m"),
            List.of(
                StandaloneSessionClusterEntrypoint.class.getName(),
                "--configDir",
                folder.resolve("conf").toString(),
                "--executionMode",
                "cluster")));
    for (int i = 0; i < TASK_MANAGERS; i++) {
      startTaskManager();
    }
    await(
        "/overview", overview -> overview.path("slots-available").asInt() == TASK_MANAGERS * SLOTS);
    checkThatAllRuns(); // On a port that was taken another may have answered.
  }

  /** Starts one more TaskManager. */
  void startTaskManager() throws IOException {
    running.add(
        processes.start(
            "task-manager",
            List.of("-Xmx320m", "-XX:MaxDirectMemorySize=112m", "-XX:MaxMetaspaceSize=128m"),
            List.of(
                TaskManagerRunner.class.getName(),
                "--configDir",
                folder.resolve("conf").toString())));
  }

  /** Kills the TaskManager that was started first, by SIGKILL. */
  void killTaskManager() throws IOException, InterruptedException {
    Process killed = running.remove(FIRST_TASK_MANAGER).destroyForcibly();
    if (killed.waitFor() != KILLED) {
      throw processes.failure("A TaskManager was to be killed, but ended by itself");
    }
  }

  // Flink's command line

  /** As {@code flink run -d} with some arguments. Returns the id of the job. */
  String submit(List<String> arguments) throws IOException, InterruptedException {
    return printed(JOB, joined(List.of("run", "-d"), arguments));
  }

  /** As {@code flink run} with some arguments, which waits for the end of the job. */
  String run(List<String> arguments) throws IOException, InterruptedException {
    return printed(JOB, joined(List.of("run"), arguments));
  }

  /** As {@code flink stop}. Returns where the savepoint is. */
  String stop(String job) throws IOException, InterruptedException {
    String savepoints = folder.resolve("savepoints").toString();
    return printed(SAVEPOINT, List.of("stop", "--savepointPath", savepoints, job));
  }

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** What the command line prints where something is looked for. */
  private String printed(Pattern wanted, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = joined(List.of(CliFrontend.class.getName()), arguments);
    String line = "flink " + String.join(" ", arguments);
    Process client = processes.start("flink-" + arguments.get(0), List.of("-Xmx300m"), command);
    if (!client.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw processes.failure(line + " has not ended after " + PATIENCE);
    }
    Matcher found = wanted.matcher(processes.printedBy(client));
    if (client.exitValue() != 0 || !found.find()) {
      throw processes.failure(line + " ended with " + client.exitValue());
    }
    return found.group(1);
  }

  // What the cluster tells

  /** Waits until what is told of the checkpoints of a job is as wanted. Returns that. */
  JsonNode awaitCheckpoints(String job, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    return await("/jobs/" + job + "/checkpoints", wanted);
  }

  /** Waits until the operators of a job are told. Returns them. */
  JsonNode awaitVertices(String job) throws IOException, InterruptedException {
    return await("/jobs/" + job, told -> !told.path("vertices").isEmpty()).path("vertices");
  }

  /** Waits until a job is in a state. */
  void awaitState(String job, String state) throws IOException, InterruptedException {
    await("/jobs/" + job, told -> told.path("state").asText().equals(state));
  }

  private JsonNode await(String path, Predicate<JsonNode> wanted)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    JsonNode told = get(path);
    while (!wanted.test(told)) {
      checkThatAllRuns();
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw processes.failure("After " + PATIENCE + " " + path + " is still " + told);
      }
      // Waits a little: the JobManager does not end.
      running.get(0).waitFor(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
      told = get(path);
    }
    return told;
  }

  private void checkThatAllRuns() throws IOException, InterruptedException {
    if (!running.stream().allMatch(Process::isAlive)) {
      throw processes.failure("A process of the cluster has ended by itself");
    }
    for (JsonNode job : get("/jobs").path("jobs")) {
      if (job.path("status").asText().equals("FAILED")) {
        throw processes.failure("A job has failed");
      }
    }
  }

  /** What is answered, else why there is no answer, as while the cluster starts. */
  private JsonNode get(String path) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(rest.resolve(path)).timeout(LONGEST_ANSWER).build();
    try {
      return JSON.readTree(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    } catch (IOException noAnswer) {
      return JSON.getNodeFactory().textNode(noAnswer.toString());
    }
  }

  @Override
  public void close() throws InterruptedException {
    processes.close();
  }
}
