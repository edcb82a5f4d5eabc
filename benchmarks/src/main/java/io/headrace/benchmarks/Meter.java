package io.headrace.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Measures the one run of a JVM: when the first output came, and time and CPU from the end of the
 * warm-up to the last output. Thread-safe; tasks reach it through a {@link Tally} each.
 *
 * <p>It is reached through a static field because engines that ship functions to tasks build those
 * functions anew, out of reach of the caller.
 */
final class Meter {

  private static final AtomicReference<@Nullable Meter> INSTALLED = new AtomicReference<>();

  private final long warmUpEvents;
  private final long events;
  private final AtomicLong counted = new AtomicLong();
  private final AtomicLong checksum = new AtomicLong();
  private final AtomicReference<@Nullable Mark> first = new AtomicReference<>();
  private final AtomicReference<@Nullable Mark> begin = new AtomicReference<>();
  private final AtomicReference<@Nullable Mark> end = new AtomicReference<>();

  private Meter(Workload workload) {
    warmUpEvents = workload.warmUpEvents();
    events = workload.events();
  }

  /** Makes a meter for a workload the one that {@link #newTally} belongs to. */
  static Meter install(Workload workload) {
    Meter meter = new Meter(workload);
    INSTALLED.set(meter);
    return meter;
  }

  /** A tally for one task of the run that is being measured. */
  static Tally newTally() {
    return new Tally(Optional.ofNullable(INSTALLED.get()).orElseThrow());
  }

  /** Called by tallies, on their threads: some outputs and the sum of them. */
  void count(long outputs, long sum) {
    checksum.addAndGet(sum);
    long now = counted.addAndGet(outputs);
    long before = now - outputs;
    if (before == 0) {
      first.set(Mark.of(now));
    }
    if (before < warmUpEvents && now >= warmUpEvents) {
      begin.set(Mark.of(now));
    }
    if (before < events && now >= events) {
      end.set(Mark.of(now));
    }
  }

  /** How many outputs were counted so far. */
  long counted() {
    return counted.get();
  }

  /** The sum of the outputs counted so far. */
  long checksum() {
    return checksum.get();
  }

  /** When the first output came, once there was one. */
  Optional<Instant> firstOutput() {
    return Optional.ofNullable(first.get()).map(Mark::at);
  }

  /** The measured part, once the run has ended. */
  Optional<Measurement> measurement() {
    Mark from = begin.get();
    Mark to = end.get();
    if (from == null || to == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Measurement(
            to.counted() - from.counted(),
            Duration.ofNanos(to.nanos() - from.nanos()),
            to.cpu().minus(from.cpu())));
  }

  /** What the clocks showed when so many outputs had been counted. */
  private record Mark(long counted, long nanos, Instant at, Duration cpu) {
    static Mark of(long counted) {
      return new Mark(counted, System.nanoTime(), Instant.now(), ProcessUse.cpuSoFar());
    }
  }

  /** The measured part of a run: events, time, and the CPU time of the whole process. */
  record Measurement(long events, Duration time, Duration cpu) {}
}
