package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.api.CheckpointSettings;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.KeyValue;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("R29")
@Tag("S38")
@Timeout(120)
class GuestTest {

  private static final CheckpointSettings OFTEN =
      CheckpointSettings.defaults().interval(Duration.ofMillis(5));

  @TempDir Path directory;

  private static Job endless() {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
            .keyBy(number -> number % 100)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .map(Object::toString)
            .filter(text -> text.isEmpty())
            .sink("out", Sinks.print());
  }

  private static final Duration WATCHED = Duration.ofSeconds(3);

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("headrace"))
        .collect(Collectors.toSet());
  }

  private static void awaitCheckpoint(Run run) {
    while (run.status().complete() == 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aHundredStartsAndStopsLeaveNoThreadLockOrFileBehind() throws IOException {
    Settings settings = Settings.in(directory).parallelism(2).withCheckpoints(OFTEN);
    for (int i = 0; i < 100; i++) {
      try (Run run = Headrace.start(endless(), settings)) {
        if (i % 2 == 0) {
          awaitCheckpoint(run);
          run.stop();
        }
      }
    }

    assertThat(threads()).isEmpty();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(GuestTest::kind).distinct().sorted())
          .containsExactly(
              "checkpoints",
              "completed",
              "epoch-100",
              "jvm.lock",
              "owner",
              "owner.lock",
              "started");
    }
    try (Stream<Path> folders = Files.list(directory.resolve("checkpoints"))) {
      assertThat(folders.count()).isBetween(1L, 3L);
    }
    Headrace.start(endless(), settings).close();
  }

  /** Its name, but for the checkpoints that are marked as complete, of which some are kept. */
  private static String kind(Path file) {
    return file.getFileName().toString().replaceFirst("^completed-.*", "completed");
  }

  @Test
  void anIdleJobTakesLessThanAHundredthOfACore() {
    Job idle =
        pipeline ->
            pipeline
                .source(
                    "numbers",
                    Sources.paced(Sources.generate(Long.class, 1_000, index -> index), 0.01))
                .keyBy(number -> number % 100)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", Sinks.collect());

    try (Run run = Headrace.start(idle, Settings.in(directory).parallelism(2))) {
      awaitCheckpoint(run);
      long checkpoints = run.status().complete();
      long before = cpuNanos();
      assertThat(run.await(WATCHED)).isFalse();

      assertThat(run.status().complete()).isLessThanOrEqualTo(checkpoints + 1);
      assertThat(cpuNanos() - before).isLessThan(WATCHED.toNanos() / 100);
    }
  }

  /** What the threads of jobs have taken. */
  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("headrace")) {
        sum += threads.getThreadCpuTime(thread.getId());
      }
    }
    return sum;
  }

  @Test
  void aJobThatCannotStartLeavesNothingBehind() {
    Settings settings = Settings.in(directory).parallelism(2);
    Job broken =
        pipeline ->
            pipeline
                .source("numbers", Sources.generate(Long.class, 10, index -> index))
                .keyBy(number -> number % 100)
                .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
                .sink("out", new BrokenSink());

    Assertions.assertThatThrownBy(
            () -> Headrace.run(broken, settings.withRestarts(RestartStrategy.none())))
        .isInstanceOf(HeadraceException.class);

    assertThat(threads()).isEmpty();
    Headrace.start(endless(), settings).close();
  }

  @Test
  void aDamagedCheckpointThatNoSinkCommittedIsPassedOver() throws IOException {
    Settings settings = Settings.in(directory).parallelism(2).withCheckpoints(OFTEN);
    try (Run run = Headrace.start(endless(), settings)) {
      while (run.status().complete() < 2) {
        Thread.onSpinWait();
      }
      run.stop();
    }
    List<Path> checkpoints = checkpoints();
    Path newest = checkpoints.get(checkpoints.size() - 1);
    Path older = checkpoints.get(checkpoints.size() - 2);
    byte[] manifest = Files.readAllBytes(newest.resolve("manifest.avro"));
    manifest[manifest.length / 2] ^= 1;
    Files.write(newest.resolve("manifest.avro"), manifest);

    try (Run run = Headrace.start(endless(), settings)) {
      while (run.status().restoredFrom().isEmpty()) {
        Thread.onSpinWait();
      }

      assertThat(older.getFileName().toString())
          .startsWith(run.status().restoredFrom().orElseThrow() + "-");
    }
  }

  private List<Path> checkpoints() throws IOException {
    try (Stream<Path> folders = Files.list(directory.resolve("checkpoints"))) {
      return folders
          .sorted(
              Comparator.comparing(
                  folder -> Integer.parseInt(folder.getFileName().toString().split("-", -1)[0])))
          .toList();
    }
  }

  /** Cannot open a writer. */
  private static final class BrokenSink implements Sink<KeyValue<Long, Long>, String> {

    private final Sink<KeyValue<Long, Long>, String> other = Sinks.collect();

    @Override
    public TypeToken<String> committableType() {
      return other.committableType();
    }

    @Override
    public Delivery delivery() {
      return other.delivery();
    }

    @Override
    public SinkWriter<KeyValue<Long, Long>, String> openWriter(ConnectorContext context) {
      throw new IllegalStateException("there is no room");
    }

    @Override
    public Committer<String> openCommitter(ConnectorContext context) throws Exception {
      return other.openCommitter(context);
    }
  }
}
