package io.headrace.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The program of a JVM that runs a {@link Rotation} and is killed, and of the one after it. Both
 * get the same arguments; the second one finds what the first one left.
 *
 * <p>The first one prints MEASURED after its window of measuring, and READY when a checkpoint with
 * every key is complete and the window is over; then it runs until it is killed. The second one
 * prints RECOVERED when each key was output at least once and everything was replayed, and ends.
 */
final class CrashChild {

  private static final int PARALLELISM = 2;
  private static final long LOOK_NANOS = 1_000_000; // 1 ms

  /** So that the compiler is done before anything is measured. */
  private static final Duration WARM_UP = Duration.ofSeconds(8);

  /** A checkpoint that does not come within a day is none. */
  private static final Duration NEVER = Duration.ofDays(1);

  private final Progress progress;
  private final Restartable.Running running;

  private CrashChild(Progress progress, Restartable.Running running) {
    this.progress = progress;
    this.running = running;
  }

  /**
   * What to run.
   *
   * @param window how long to measure; zero for not at all
   */
  record Plan(Entrant entrant, int keys, Duration interval, Duration window) {

    Plan {
      Rotation.checkKeys(keys);
    }

    /** Without checkpoints. */
    static Plan withoutCheckpoints(Entrant entrant, int keys, Duration window) {
      return new Plan(entrant, keys, NEVER, window);
    }

    /** The arguments of {@link #main}. */
    List<String> arguments(Path directory) {
      return List.of(
          entrant.title(),
          Integer.toString(keys),
          interval.toString(),
          window.toString(),
          directory.toString());
    }

    boolean hasCheckpoints() {
      return interval.compareTo(NEVER) < 0;
    }
  }

  /** Runs what the arguments say. */
  public static void main(String[] arguments) throws Exception {
    Plan plan =
        new Plan(
            Entrant.named(arguments[0]),
            Integer.parseInt(arguments[1]),
            Duration.parse(arguments[2]),
            Duration.parse(arguments[3]));
    Path directory = Path.of(arguments[4]);
    Path first = directory.resolve("outputs-1");
    Path second = directory.resolve("outputs-2");
    boolean isFirst = !Files.exists(first);
    Progress progress = Progress.in(isFirst ? first : second, plan.keys());
    Takers.install(progress::newTaker);
    Workload workload =
        new Workload(
            plan.keys(),
            Rotation.ENDLESS,
            PARALLELISM,
            plan.interval(),
            Files.createDirectories(directory.resolve("checkpoints")));
    if (!(plan.entrant().make(Work.ROTATION) instanceof Restartable contestant)) {
      throw new IllegalArgumentException(
          plan.entrant().title() + " cannot go on after the death of its JVM");
    }
    CrashChild child = new CrashChild(progress, contestant.start(workload));
    if (isFirst) {
      child.runFirst(plan);
    } else {
      child.runAgain(Progress.counted(first));
    }
    Runtime.getRuntime().halt(0); // nothing is to be waited for or written
  }

  private void runFirst(Plan plan) throws Exception {
    Instant began = Instant.now();
    until(progress::hasMetEveryKey);
    if (!plan.window().isZero()) {
      until(() -> Duration.between(began, Instant.now()).compareTo(WARM_UP) > 0);
      measure(plan.window());
    }
    if (plan.hasCheckpoints()) {
      Instant full = Instant.now();
      until(() -> running.lastComplete().filter(last -> last.isAfter(full)).isPresent());
      System.out.println(Line.of("READY").with("triggered", running.lastComplete().orElseThrow()));
      until(() -> false);
    }
  }

  private void measure(Duration window) throws Exception {
    long outputs = progress.outputs();
    long complete = running.complete();
    long nanos = System.nanoTime();
    Duration cpu = ProcessUse.cpuSoFar();
    until(() -> System.nanoTime() - nanos > window.toNanos());
    System.out.println(
        Line.of("MEASURED")
            .with("cpuNanos", ProcessUse.cpuSoFar().minus(cpu).toNanos())
            .with("nanos", System.nanoTime() - nanos)
            .with("outputs", progress.outputs() - outputs)
            .with("complete", running.complete() - complete)
            .with("wrong", progress.wrong()));
  }

  /**
   * Goes on from what was left.
   *
   * @param outputsBefore how many there were before the kill
   */
  private void runAgain(long outputsBefore) throws Exception {
    until(() -> progress.before().isPresent());
    long before = progress.before().orElseThrow();
    long replayed = outputsBefore - before;
    until(() -> progress.outputs() > replayed);
    Instant caughtUp = Instant.now();
    until(progress::hasMetEveryKey);
    System.out.println(
        Line.of("RECOVERED")
            .with("first", progress.firstOutput().orElseThrow())
            .with("caughtUp", caughtUp)
            .with("restored", before)
            .with("replayed", replayed)
            .with("wrong", progress.wrong()));
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  /** Looks each millisecond; notices if the job has ended. */
  private void until(Condition condition) throws Exception {
    for (long looks = 1; !condition.holds(); looks++) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      if (looks % 1000 == 0) {
        running.complete();
      }
    }
  }
}
