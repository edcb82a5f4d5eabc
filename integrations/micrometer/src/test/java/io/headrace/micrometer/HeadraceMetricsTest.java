package io.headrace.micrometer;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.MapFunction;
import io.headrace.api.Pipeline;
import io.headrace.api.RestartStrategy;
import io.headrace.api.Settings;
import io.headrace.api.Stream;
import io.headrace.api.connector.Sinks;
import io.headrace.api.connector.Sources;
import io.headrace.engine.Headrace;
import io.headrace.engine.Run;
import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.coordinator.TaskStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a registry shows of runs. */
@Tag("R22")
@Timeout(120)
class HeadraceMetricsTest {

  private static final long ENDLESS = Long.MAX_VALUE;
  private static final int RESTARTS = 1_000;

  @TempDir Path directory;

  private final MockClock clock = new MockClock();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);

  private static Job sums(long count, MapFunction<Long, Long> function) {
    return pipeline ->
        pipeline
            .source("numbers", Sources.generate(Long.class, count, index -> index))
            .map(function)
            .as(Long.class)
            .keyBy(number -> number % 7)
            .aggregate("sums", Long.class, 0L, (sum, number) -> sum + number)
            .filter(change -> false)
            .sink("out", Sinks.collect());
  }

  private Settings settings() {
    return Settings.in(directory)
        .parallelism(2)
        .checkpointInterval(Duration.ofMillis(5))
        .withRestarts(RestartStrategy.fixedDelay(2 * RESTARTS, Duration.ZERO));
  }

  private Settings rarely() {
    return settings().parallelism(1).checkpointInterval(Duration.ofHours(1));
  }

  private static void await(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      assertThat(Thread.interrupted()).isFalse();
      LockSupport.parkNanos(1_000);
    }
  }

  /** Looks again at the run. */
  private double value(String name, String... tags) {
    clock.add(LastSample.KEPT.multipliedBy(2));
    return current(name, tags);
  }

  private long whole(String name, String... tags) {
    return (long) value(name, tags);
  }

  /** The sum of all meters of a name. */
  private double current(String name, String... tags) {
    double sum = 0;
    for (Meter meter : registry.get(name).tags(tags).meters()) {
      sum += meter.measure().iterator().next().getValue();
    }
    return sum;
  }

  private List<String> ids() {
    return registry.getMeters().stream().map(meter -> meter.getId().toString()).sorted().toList();
  }

  @Test
  void theMetersAreThoseOfTheCatalogueForTheJobAndForEachOfItsTasks() {
    try (Run run = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      HeadraceMetrics.bind(run, registry);

      assertThat(registry.getMeters())
          .hasSize(Catalogue.OF_JOB.size() + 4 * Catalogue.OF_TASK.size())
          .allSatisfy(
              meter ->
                  assertThat(keys(meter))
                      .isEqualTo(
                          meter.getId().getName().startsWith("headrace.task.")
                              ? Set.of("job", "operator", "task")
                              : Set.of("job")));
      assertThat(registry.get("headrace.task.records").meters())
          .extracting(
              meter -> meter.getId().getTag("operator") + " " + meter.getId().getTag("task"))
          .containsExactlyInAnyOrderElementsOf(
              run.status().tasks().stream()
                  .map(task -> task.id().operators() + " " + task.id().index())
                  .toList());
    }
  }

  private static Set<String> keys(Meter meter) {
    return meter.getId().getTags().stream()
        .map(io.micrometer.core.instrument.Tag::getKey)
        .collect(Collectors.toSet());
  }

  @Test
  @Tag("AB-17")
  void whatIsShownOfARunIsItsStatus() throws InterruptedException {
    AtomicBoolean isToWait = new AtomicBoolean();
    CountDownLatch flows = new CountDownLatch(1);
    CountDownLatch waits = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    MapFunction<Long, Long> waiting =
        number -> {
          flows.countDown();
          if (isToWait.get()) {
            waits.countDown();
            gate.await();
          }
          return number;
        };
    try (Run run = Headrace.start(sums(ENDLESS, waiting), rarely())) {
      HeadraceMetrics.bind(run, registry);
      flows.await();
      run.checkpoint().join();
      isToWait.set(true);
      waits.await();
      CheckpointStatus last = run.status().lastComplete().orElseThrow();
      clock.add(last.triggered().toEpochMilli() + 5_000 - clock.wallTime(), MILLISECONDS);

      assertThat(current("headrace.checkpoint.last.age")).isBetween(4.99, 5.01);
      assertThat(value("headrace.job.ready")).isEqualTo(1);
      assertThat(value("headrace.job.live")).isEqualTo(1);
      assertThat(value("headrace.job.degraded")).isZero();
      assertThat(value("headrace.checkpoints.complete")).isEqualTo(1);
      assertThat(value("headrace.checkpoints.given.up")).isZero();
      assertThat(whole("headrace.checkpoint.last.size")).isEqualTo(last.bytes()).isPositive();
      assertThat(whole("headrace.checkpoint.last.entries")).isEqualTo(last.entries()).isPositive();
      assertThat(value("headrace.checkpoint.last.duration")).isEqualTo(seconds(last.duration()));
      assertThat(value("headrace.checkpoint.last.write"))
          .isEqualTo(seconds(last.phases().write()))
          .isPositive();
      assertThat(whole("headrace.state.used")).isEqualTo(run.status().memory().used()).isPositive();
      assertThat(whole("headrace.state.limit")).isEqualTo(rarely().resources().stateBytes());
      TaskStatus source = run.status().tasks().get(0);
      assertThat(whole("headrace.task.records", "operator", source.id().operators(), "task", "0"))
          .isEqualTo(source.records())
          .isPositive();
      gate.countDown();
    }
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** The registry's clock stands still, and the job does not. */
  @Test
  void allMetersThatAreReadTogetherTellOfOneMoment() {
    try (Run run = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      HeadraceMetrics.bind(run, registry);
      await(() -> run.status().lastComplete().isPresent());
      clock.add(LastSample.KEPT.multipliedBy(2));
      Map<Meter.Id, Double> once = values();
      RunStatus then = run.status();
      await(
          () ->
              run.status().records() > then.records() + 10_000
                  && run.status().complete() > then.complete() + 1);

      assertThat(values()).isEqualTo(once);
      for (TaskStatus task : then.tasks()) {
        String[] its = {"operator", task.id().operators(), "task", "" + task.id().index()};
        assertThat(
                current("headrace.task.working", its) + current("headrace.task.backpressured", its))
            .isLessThanOrEqualTo(1);
      }
      clock.add(LastSample.KEPT.multipliedBy(2));
      assertThat(values()).hasSameSizeAs(once).isNotEqualTo(once);
    }
  }

  private Map<Meter.Id, Double> values() {
    return registry.getMeters().stream()
        .collect(
            Collectors.toMap(Meter::getId, meter -> meter.measure().iterator().next().getValue()));
  }

  @Test
  void countsGoOnOverARestart() throws InterruptedException {
    AtomicInteger visits = new AtomicInteger();
    CountDownLatch isBack = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    MapFunction<Long, Long> failingOnce =
        number -> {
          if (number == 100_000 && visits.incrementAndGet() == 1) {
            throw new IllegalStateException("once");
          }
          if (number == 100_000) {
            isBack.countDown();
            gate.await();
          }
          return number;
        };
    try (Run run = Headrace.start(sums(ENDLESS, failingOnce), rarely())) {
      HeadraceMetrics.bind(run, registry);
      isBack.await();

      TaskStatus source = run.status().tasks().get(0);
      assertThat(source.records()).isLessThan(110_000);
      assertThat(whole("headrace.task.records", "operator", source.id().operators()))
          .isEqualTo(source.earlier() + source.records())
          .isGreaterThan(150_000);
      assertThat(value("headrace.job.restarts")).isEqualTo(1);
      gate.countDown();
    }
  }

  @Test
  void aThousandRestartsLeaveTheMetersAsTheyAre() throws InterruptedException {
    AtomicInteger failures = new AtomicInteger();
    CountDownLatch isDone = new CountDownLatch(1);
    MapFunction<Long, Long> failing =
        number -> {
          // Another value each time: a job that fails on the same one again and again is stopped.
          if (failures.get() < RESTARTS && number == failures.get()) {
            throw new IllegalStateException("failure " + failures.incrementAndGet());
          }
          if (number == RESTARTS) {
            isDone.countDown();
          }
          return number;
        };
    try (Run run = Headrace.start(sums(ENDLESS, failing), rarely())) {
      HeadraceMetrics.bind(run, registry);
      List<String> before = ids();
      isDone.await();

      assertThat(ids()).isEqualTo(before).isNotEmpty();
      assertThat(value("headrace.job.restarts")).isEqualTo(RESTARTS);
    }
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void theMetersGoWhenTheRunEnds() {
    Run run = Headrace.start(sums(100, number -> number), settings());
    HeadraceMetrics.bind(run, registry);
    run.await();

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void aRunThatFailsLeavesNoMeters() {
    MapFunction<Long, Long> failing =
        number -> {
          throw new IllegalStateException("always");
        };
    Settings once = settings().withRestarts(RestartStrategy.none());
    Run run = Headrace.start(sums(100, failing), once);
    HeadraceMetrics.bind(run, registry);

    assertThatThrownBy(run::await).hasMessageContaining("always");
    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void theMetersGoWhenTheyAreClosedAndTheRunGoesOn() {
    try (Run run = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      HeadraceMetrics.bind(run, registry).close();

      assertThat(registry.getMeters()).isEmpty();
      assertThat(run.isEnded()).isFalse();
    }
  }

  @Test
  void theNextRunOfAJobHasItsOwnMetersWhateverIsClosedLate() {
    Run first = Headrace.start(sums(100, number -> number), settings());
    HeadraceMetrics late = HeadraceMetrics.bind(first, registry);
    first.await();

    try (Run next = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      HeadraceMetrics.bind(next, registry);
      List<String> before = ids();
      late.close();

      assertThat(ids()).isEqualTo(before).isNotEmpty();
      await(next::isReady);
      assertThat(value("headrace.job.ready")).isEqualTo(1);
    }
  }

  @Test
  void aRunThatIsOverLeavesNoMetersWhenItIsBound() {
    Run run = Headrace.start(sums(100, number -> number), settings());
    run.await();
    HeadraceMetrics.bind(run, registry);

    assertThat(registry.getMeters()).isEmpty();
  }

  @Test
  void twoRunsOfOneNameAreRefused() {
    try (Run run = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      HeadraceMetrics.bind(run, registry);
      List<String> before = ids();

      assertThatThrownBy(() -> HeadraceMetrics.bind(run, registry))
          .isInstanceOfSatisfying(
              HeadraceException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.METERS_TAKEN))
          .hasMessageContaining("has meters of a job \"" + run.job() + "\" already");
      assertThat(ids()).isEqualTo(before);
    }
  }

  @Test
  void aRegistryThatRefusesAMeterIsLeftWithNone() {
    try (Run run = Headrace.start(sums(ENDLESS, number -> number), settings())) {
      Counter somebodys =
          Counter.builder("headrace.task.working")
              .tags("job", run.job(), "task", "0")
              .tag("operator", run.status().tasks().get(0).id().operators())
              .register(registry);

      assertThatThrownBy(() -> HeadraceMetrics.bind(run, registry))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("already");
      assertThat(registry.getMeters()).containsExactly(somebodys);

      registry.remove(somebodys);
      HeadraceMetrics.bind(run, registry);
      assertThat(value("headrace.job.live")).isEqualTo(1);
    }
  }

  @Test
  void prometheusTakesTheMetersOfSeveralJobs() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Run sums = Headrace.start(new Named("sums", sums(ENDLESS, number -> number)), settings());
        Run copies =
            Headrace.start(
                new Named("copies", chain(3)), Settings.in(directory.resolve("other")))) {
      HeadraceMetrics.bind(sums, prometheus);
      HeadraceMetrics.bind(copies, prometheus);
      await(() -> sums.status().lastComplete().isPresent());

      assertThat(prometheus.scrape())
          .contains(
              "headrace_job_restarts_total{job=\"sums\"} 0.0",
              "headrace_job_restarts_total{job=\"copies\"} 0.0",
              "headrace_task_records_total{job=\"sums\",operator=\"numbers -> map-1\",task=\"0\"}",
              "headrace_state_limit_bytes{job=",
              "headrace_checkpoint_last_duration_seconds{job=");
    }
    assertThat(prometheus.scrape()).doesNotContain("headrace");
  }

  /** A job with a name of its own. */
  private record Named(String name, Job job) implements Job {
    @Override
    public void define(Pipeline pipeline) {
      job.define(pipeline);
    }
  }

  /** So many operators, each in tasks of its own. */
  private static Job chain(int operators) {
    return pipeline -> {
      Stream<Long> stream =
          pipeline.source("numbers", Sources.generate(Long.class, ENDLESS, i -> i));
      for (int i = 2; i < operators; i++) {
        stream = stream.map(number -> number).as(Long.class).parallelism(1 + i % 2);
      }
      stream.filter(number -> false).parallelism(1 + operators % 2).sink("out", Sinks.collect());
    };
  }

  @Test
  void aScrapeOfAHundredOperatorsHasThemAll() {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (Run run = Headrace.start(chain(100), settings())) {
      HeadraceMetrics.bind(run, prometheus);
      await(run::isReady);
      long[] nanos = new long[50];
      String scrape = "";
      for (int i = 0; i < nanos.length; i++) {
        long start = System.nanoTime();
        scrape = prometheus.scrape();
        nanos[i] = System.nanoTime() - start;
      }
      Arrays.sort(nanos);

      assertThat(scrape.lines().filter(line -> line.startsWith("headrace_task_records_total")))
          .hasSize(150);
      System.out.printf(
          "A scrape of 100 operators in 150 tasks: median %.1f ms, worst %.1f ms%n",
          nanos[nanos.length / 2] / 1e6, nanos[nanos.length - 1] / 1e6);
    }
  }
}
