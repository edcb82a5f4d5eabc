package io.headrace.benchmarks;

import io.headrace.api.Clock;
import io.headrace.api.Settings;
import io.headrace.api.plan.Plan;
import io.headrace.engine.coordinator.Coordinator;
import io.headrace.engine.coordinator.DirectoryStorage;
import io.headrace.engine.coordinator.Outcome;
import io.headrace.engine.coordinator.Surroundings;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.RunListener;
import io.headrace.engine.threads.ThreadHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the job of W1 on storage that becomes so slow that each checkpoint takes ten seconds longer,
 * and says how many outputs a second there are before and while it is slow, and for how long a task
 * gave no output.
 *
 * <p>Arguments: the number of keys (10,000,000) and the directory ({@code target}).
 */
public final class SlowStorage {

  private static final Clock CLOCK = Clock.system();
  private static final Duration DELAY = Duration.ofSeconds(10);
  private static final Duration PHASE = Duration.ofSeconds(30);
  private static final Duration WARM_UP = Duration.ofSeconds(25);
  private static final int OUTPUTS_PER_LOOK = 64;
  private static final long SHORTEST_STALL_NANOS = 1_000_000; // 1 ms

  private final Queue<Stall> stalls = new ConcurrentLinkedQueue<>();
  private final AtomicLong outputs = new AtomicLong();
  private volatile boolean isSlow;

  private SlowStorage() {}

  /** A task gave no output for some time. */
  private record Stall(long end, long nanos) {}

  /** Runs it, and prints a table. */
  public static void main(String[] arguments) throws Exception {
    int keys = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000_000;
    Path target = Path.of(arguments.length > 1 ? arguments[1] : "target");
    Files.createDirectories(target);
    Path directory = Files.createTempDirectory(target.toAbsolutePath(), "slow-storage");
    new SlowStorage()
        .run(new Workload(keys, Long.MAX_VALUE / 4, 2, Duration.ofSeconds(1), directory));
  }

  private void run(Workload workload) throws Exception {
    Settings settings =
        Settings.in(workload.directory().resolve("state"))
            .parallelism(workload.parallelism())
            .checkpointInterval(workload.checkpointInterval());
    Plan plan = Plan.of(HeadraceJob.sums(workload, this::output));
    CompletableFuture<Outcome> ended = new CompletableFuture<>();
    try (ThreadHost host = new ThreadHost(plan.job(), settings.resources().workers())) {
      Coordinator coordinator =
          new Coordinator(
              Graph.of(plan, settings.resources().parallelism()),
              settings,
              DirectoryStorage.open(workload.directory().resolve("state"), plan, settings, "bench"),
              new Surroundings(host, delays()),
              ended::complete);
      coordinator.start();
      measure(coordinator, ended);
      coordinator.cancel();
      System.out.println(ended.get());
    }
  }

  /** Delays what is written, on the threads that may block, while storage is slow. */
  private RunListener delays() {
    CountDownLatch never = new CountDownLatch(1);
    return (step, who, checkpoint) -> {
      if (step == CheckpointStep.WRITING && isSlow) {
        try {
          never.await(DELAY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }

  private HeadraceSink.Output<Long> output() {
    long[] count = {0};
    long[] last = {CLOCK.nanoTime()};
    return new HeadraceSink.Output<>(
        value -> {
          if (++count[0] % OUTPUTS_PER_LOOK == 0) {
            long now = CLOCK.nanoTime();
            if (now - last[0] > SHORTEST_STALL_NANOS) {
              stalls.add(new Stall(now, now - last[0]));
            }
            last[0] = now;
            outputs.addAndGet(OUTPUTS_PER_LOOK);
          }
        },
        () -> {});
  }

  private void measure(Coordinator coordinator, CompletableFuture<Outcome> ended) throws Exception {
    System.out.println("| storage | outputs/s | longest stall ms | stalls > 20 ms | checkpoints |");
    System.out.println("|---|--:|--:|--:|--:|");
    waitFor(WARM_UP, ended);
    phase("ordinary", coordinator, ended);
    isSlow = true;
    phase("slow", coordinator, ended);
    isSlow = false;
    phase("ordinary again", coordinator, ended);
  }

  private void phase(String name, Coordinator coordinator, CompletableFuture<Outcome> ended)
      throws Exception {
    long begin = CLOCK.nanoTime();
    long outputsBefore = outputs.get();
    long completeBefore = coordinator.status().complete();
    waitFor(PHASE, ended);
    long end = CLOCK.nanoTime();
    List<Long> inPhase = new ArrayList<>(List.of(0L));
    for (Stall stall : stalls) {
      if (stall.end > begin && stall.end < end) {
        inPhase.add(stall.nanos);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %,.0f | %.1f | %d | %d |%n",
        name,
        (outputs.get() - outputsBefore) * 1e9 / (end - begin),
        inPhase.stream().mapToLong(Long::longValue).max().orElse(0) / 1e6,
        inPhase.stream().filter(nanos -> nanos > 20_000_000).count(),
        coordinator.status().complete() - completeBefore);
  }

  private static void waitFor(Duration time, CompletableFuture<Outcome> ended) throws Exception {
    try {
      throw new IllegalStateException(
          "the job ended: " + ended.get(time.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException asExpected) {
      // It runs on.
    }
  }
}
