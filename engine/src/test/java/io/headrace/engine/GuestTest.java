package io.headrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
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
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
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

  /** The same, with a thread that it has for itself. */
  private static Job blocking() {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, Long.MAX_VALUE, index -> index))
            .map(number -> number)
            .as(Long.class)
            .blocking()
            .keyBy(number -> number % 100)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .filter(sum -> sum.value() < 0)
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
      LockSupport.parkNanos(1_000);
    }
  }

  @Test
  @Tag("S38")
  void noThreadOfAJobKeepsTheJvmFromEnding() {
    try (Run run = Headrace.start(blocking(), hooked(Settings.in(directory)))) {
      awaitCheckpoint(run);

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("headrace"))
          .hasSizeGreaterThan(2)
          .allMatch(Thread::isDaemon);
    }
  }

  @Test
  @Tag("R29")
  @Tag("S38")
  void fiveHundredStartsAndStopsLeaveNothingBehind() throws IOException {
    Settings kept = hooked(Settings.in(directory));
    Settings ephemeral = hooked(Settings.ephemeral());
    startAndStop(kept, ephemeral, 10);
    Surroundings before = Surroundings.now();
    int threadsBefore = Thread.activeCount();

    startAndStop(kept, ephemeral, 490);

    assertThat(threads()).isEmpty();
    assertThat(Surroundings.now()).isEqualTo(before);
    assertThat(Thread.activeCount()).isLessThanOrEqualTo(threadsBefore); // One of others may end.
    assertThat(entries(directory))
        .containsExactly(
            "checkpoints",
            "completed",
            "epoch-100",
            "id",
            "jvm.lock",
            "owner",
            "owner.lock",
            "started");
    assertThat(entries(directory.resolve("checkpoints")).size()).isBetween(1, 3);
    Headrace.start(endless(), kept).close();
  }

  private static Settings hooked(Settings settings) {
    return settings
        .parallelism(2)
        .workers(2)
        .withCheckpoints(OFTEN)
        .drainOnShutdown(Duration.ofSeconds(10));
  }

  /** One in five in a directory, where every sync takes its time; of those, some are stopped. */
  private static void startAndStop(Settings kept, Settings ephemeral, int times) {
    for (int i = 0; i < times; i++) {
      Settings settings = i % 5 == 0 ? kept : ephemeral;
      try (Run run = Headrace.start(blocking(), settings, state -> {})) {
        if (i % 25 == 0) {
          awaitCheckpoint(run);
          run.stop();
        }
      }
    }
  }

  private static List<String> entries(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(GuestTest::kind).distinct().sorted().toList();
    }
  }

  /** What a guest must leave as it is. */
  private record Surroundings(
      Object properties,
      Locale locale,
      TimeZone zone,
      Optional<Object> handler,
      ClassLoader loader,
      long openFiles) {

    static Surroundings now() {
      UnixOperatingSystemMXBean system =
          ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
      TimeZone zone = TimeZone.getDefault(); // The JDK notes it in a property when first asked.
      return new Surroundings(
          System.getProperties().clone(),
          Locale.getDefault(),
          zone,
          Optional.ofNullable(Thread.getDefaultUncaughtExceptionHandler()),
          Thread.currentThread().getContextClassLoader(),
          system.getOpenFileDescriptorCount());
    }
  }

  /** The JDK keeps the last class loader whose records were compared, in caches of one element. */
  @Test
  @Tag("R29")
  @Tag("S38")
  void classLoadersThatJobsRanInAreCollected() throws Exception {
    ReferenceQueue<ClassLoader> collected = new ReferenceQueue<>();
    Set<Reference<?>> left = new HashSet<>();
    for (int i = 0; i < 3; i++) {
      left.add(runInALoaderOfItsOwn(collected));
    }

    while (left.size() > 1) {
      System.gc();
      left.remove(collected.remove(50));
    }
  }

  private PhantomReference<ClassLoader> runInALoaderOfItsOwn(ReferenceQueue<ClassLoader> queue)
      throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(entry).toUri().toURL());
    }
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Thread.currentThread().setContextClassLoader(loader);
      loader
          .loadClass(InALoader.class.getName())
          .getMethod("run", Path.class)
          .invoke(null, directory);
      return new PhantomReference<>(loader, queue);
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
  }

  /** Runs in a class loader that is thrown away. */
  public static final class InALoader {

    private InALoader() {}

    /** Runs a job until a checkpoint. */
    public static void run(Path directory) {
      startAndStop(hooked(Settings.in(directory)), hooked(Settings.ephemeral()), 2);
    }
  }

  @Test
  @Tag("S38")
  void jobsOfOneNameRunBesideEachOtherInDirectoriesOfTheirOwn() {
    List<CollectingSink<Long>> sinks = List.of(Sinks.collect(), Sinks.collect(), Sinks.collect());
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < sinks.size(); i++) {
      CollectingSink<Long> sink = sinks.get(i);
      Job job =
          pipeline ->
              pipeline
                  .source("numbers", Sources.generate(Long.class, 100_000, index -> index))
                  .sink("out", sink);
      runs.add(Headrace.start(job, Settings.in(directory.resolve("job-" + i)).parallelism(2)));
    }

    runs.forEach(Run::await);

    assertThat(sinks).allSatisfy(sink -> assertThat(sink.values()).hasSize(100_000));
    assertThat(threads()).isEmpty();
  }

  @Test
  @Tag("S38")
  void codeOfTheUserSeesTheClassLoaderOfWhoeverStartedTheJob() throws IOException {
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    Set<ClassLoader> seen = ConcurrentHashMap.newKeySet();
    try (URLClassLoader loader = new URLClassLoader(new URL[0], ours)) {
      Thread.currentThread().setContextClassLoader(loader);
      HookedSink sink =
          new HookedSink(step -> seen.add(Thread.currentThread().getContextClassLoader()));
      Headrace.run(
          pipeline ->
              pipeline
                  .source("numbers", Sources.generate(Long.class, 1_000, index -> index))
                  .map(
                      number -> {
                        seen.add(Thread.currentThread().getContextClassLoader());
                        return number;
                      })
                  .as(Long.class)
                  .blocking()
                  .sink("out", sink),
          Settings.in(directory));

      assertThat(seen).containsExactly(loader);
    } finally {
      Thread.currentThread().setContextClassLoader(ours);
    }
  }

  /** Its name, but for the checkpoints that are marked as complete, of which some are kept. */
  private static String kind(Path file) {
    return file.getFileName().toString().replaceFirst("^(completed|id)-.*", "$1");
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
  void aDamagedCheckpointThatNoSinkCommittedIsPassedOverAndTold() throws IOException {
    Settings settings = Settings.in(directory).parallelism(2).withCheckpoints(OFTEN);
    try (Run run = Headrace.start(endless(), settings)) {
      while (run.status().complete() < 2) {
        LockSupport.parkNanos(1_000);
      }
      run.stop();
    }
    List<Path> checkpoints = checkpoints();
    Path newest = checkpoints.get(checkpoints.size() - 1);
    Path older = checkpoints.get(checkpoints.size() - 2);
    byte[] manifest = Files.readAllBytes(newest.resolve("manifest.avro"));
    manifest[manifest.length / 2] ^= 1;
    Files.write(newest.resolve("manifest.avro"), manifest);

    List<String> log = Log.of(() -> assertThat(restoredFrom(settings)).isEqualTo(idOf(older)));

    assertThat(log)
        .anyMatch(
            line ->
                line.contains(
                    "Checkpoint "
                        + idOf(newest)
                        + " is damaged and passed over; no sink has committed it."));
  }

  private static String idOf(Path checkpoint) {
    return checkpoint.getFileName().toString().replaceFirst("-.*", "");
  }

  /** The checkpoint that a job goes on from. */
  private static String restoredFrom(Settings settings) {
    try (Run run = Headrace.start(endless(), settings)) {
      while (run.status().restoredFrom().isEmpty()) {
        LockSupport.parkNanos(1_000);
      }
      return run.status().restoredFrom().orElseThrow().toString();
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
