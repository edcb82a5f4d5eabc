package io.headrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A rotation that was killed with {@code kill -9} and started again.
 *
 * @param measured what its first JVM used, without a kill in between
 * @param toFirstOutput from the kill to the first output of the second JVM
 * @param toNewOutput from the kill to the first output that had not been there before
 * @param recovered what the second JVM told
 */
record Crash(
    Optional<Line> measured, Duration toFirstOutput, Duration toNewOutput, Line recovered) {

  /** When to kill, after a checkpoint that holds every key is complete. */
  enum Moment {
    /** At once. */
    WHEN_COMPLETE,
    /** When the next one is begun, so that an interval and more is to be replayed. */
    WHEN_NEXT_IS_DUE
  }

  /** How many events came out twice. */
  long replayed() {
    return recovered.number("replayed");
  }

  /** Whether each output of both JVMs was what it must be. */
  boolean isRight() {
    return recovered.number("wrong") == 0
        && replayed() >= 0
        && measured.map(line -> line.number("wrong") == 0).orElse(true);
  }

  /** Runs, kills and runs again; empty when one of the two JVMs ended badly. */
  static Optional<Crash> run(
      CrashChild.Plan plan, Options.Collector collector, Options options, Moment moment)
      throws IOException, InterruptedException {
    Jvm.How how = Jvm.How.of(plan.entrant(), options.setting().heap(), collector);
    try (Folder folder = Folder.open(options, "crash-checkpoints")) {
      Optional<Line> measured = Optional.empty();
      Instant killed;
      try (Jvm first = Jvm.start(how, CrashChild.class, plan.arguments(folder.path()))) {
        if (!plan.window().isZero()) {
          measured = first.await("MEASURED");
        }
        Optional<Line> ready = first.await("READY");
        if (ready.isEmpty()) {
          return Optional.empty();
        }
        if (moment == Moment.WHEN_NEXT_IS_DUE) {
          waitUntil(Instant.parse(ready.get().text("triggered")).plus(plan.interval()));
        }
        killed = first.kill();
      }
      try (Jvm second = Jvm.start(how, CrashChild.class, plan.arguments(folder.path()))) {
        Optional<Line> line = second.await("RECOVERED");
        return second.hasEndedWell() && line.isPresent()
            ? Optional.of(of(measured, killed, line.get()))
            : Optional.empty();
      }
    }
  }

  private static Crash of(Optional<Line> measured, Instant killed, Line recovered) {
    return new Crash(
        measured,
        Duration.between(killed, Instant.parse(recovered.text("first"))),
        Duration.between(killed, Instant.parse(recovered.text("caughtUp"))),
        recovered);
  }

  private static void waitUntil(Instant time) {
    for (Duration left = Duration.between(Instant.now(), time);
        left.compareTo(Duration.ZERO) > 0;
        left = Duration.between(Instant.now(), time)) {
      LockSupport.parkNanos(left.toNanos());
    }
  }

  /** What the first JVM measured when it runs without checkpoints, and is not killed. */
  static Optional<Line> measure(CrashChild.Plan plan, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    Jvm.How how = Jvm.How.of(plan.entrant(), options.setting().heap(), collector);
    try (Folder folder = Folder.open(options, "crash-checkpoints");
        Jvm jvm = Jvm.start(how, CrashChild.class, plan.arguments(folder.path()))) {
      Optional<Line> line = jvm.await("MEASURED");
      return jvm.hasEndedWell() ? line : Optional.empty();
    }
  }
}
