package io.headrace.benchmarks;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * When events come into being: at a steady rate from the moment that the first task asks, whoever
 * is late. Times are those of {@link System#nanoTime}. Thread-safe. Static for the reason that
 * {@link Meter} gives.
 */
final class Schedule {

  private static final AtomicReference<@Nullable Schedule> INSTALLED = new AtomicReference<>();
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final long SHORTEST_PARK_NANOS = 1_000; // 1 us; the kernel makes some fifty of it

  private final long periodNanos;
  private final AtomicLong start = new AtomicLong();

  private Schedule(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  /** Makes a schedule the one of this JVM's run. */
  static Schedule install(long eventsPerSecond) {
    Schedule schedule = new Schedule(NANOS_PER_SECOND / eventsPerSecond);
    INSTALLED.set(schedule);
    return schedule;
  }

  /** That of this JVM's run; empty where all events are there from the start. */
  static Optional<Schedule> installed() {
    return Optional.ofNullable(INSTALLED.get());
  }

  /** When an event comes into being. */
  long due(long event) {
    return start() + event * periodNanos;
  }

  /** Whether an event has come into being. */
  boolean isDue(long event) {
    return due(event) - System.nanoTime() <= 0;
  }

  /** Waits on the calling thread until an event has come into being. */
  void await(long event) {
    for (long left = due(event) - System.nanoTime();
        left > 0;
        left = due(event) - System.nanoTime()) {
      if (left > SHORTEST_PARK_NANOS) {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  private long start() {
    long begun = start.get();
    if (begun != 0) {
      return begun;
    }
    start.compareAndSet(0, System.nanoTime() | 1); // 0 stands for not begun
    return start.get();
  }
}
