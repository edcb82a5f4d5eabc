package io.headrace.simulation;

import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Timers in a plain set: what the oracle gives to processes. Its time stands still. */
final class PlainTimers implements TimerService {

  private final Supplier<Object> key;
  private final TreeSet<Timer> timers =
      new TreeSet<>(
          Comparator.comparing(Timer::domain)
              .thenComparing(Timer::time)
              .thenComparing(timer -> timer.key().toString()));

  PlainTimers(Supplier<Object> key) {
    this.key = key;
  }

  record Timer(TimeDomain domain, Instant time, Object key) {}

  /** The next one at the end of input, which is removed. */
  Optional<Timer> next() {
    return Optional.ofNullable(timers.pollFirst());
  }

  private Timer timer(TimeDomain domain, Instant time) {
    return new Timer(domain, time, key.get());
  }

  @Override
  public Instant currentProcessingTime() {
    return Instant.EPOCH;
  }

  @Override
  public Optional<Instant> currentWatermark() {
    return Optional.empty();
  }

  @Override
  public void registerEventTimeTimer(Instant time) {
    timers.add(timer(TimeDomain.EVENT_TIME, time));
  }

  @Override
  public void registerProcessingTimeTimer(Instant time) {
    timers.add(timer(TimeDomain.PROCESSING_TIME, time));
  }

  @Override
  public void deleteEventTimeTimer(Instant time) {
    timers.remove(timer(TimeDomain.EVENT_TIME, time));
  }

  @Override
  public void deleteProcessingTimeTimer(Instant time) {
    timers.remove(timer(TimeDomain.PROCESSING_TIME, time));
  }
}
