package io.headrace.flink.operators;

import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * The timers of each key, kept as state. Flink's own timers only say when to look: one that finds
 * nothing does nothing. The thread of the task.
 */
final class FlinkTimers implements TimerService {

  static final String NAME = "headrace.timers";

  private final Scope scope;
  private final Cells<Long, Boolean> timers;
  private final InternalTimerService<VoidNamespace> alarms;

  /** Those of the current key that were due already when they were registered. */
  private final NavigableSet<Long> due = new TreeSet<>();

  FlinkTimers(
      Scope scope, Cells<Long, Boolean> timers, InternalTimerService<VoidNamespace> alarms) {
    this.scope = scope;
    this.timers = timers;
    this.alarms = alarms;
  }

  private static long code(TimeDomain domain, long millis) {
    return millis << 1 | domain.ordinal();
  }

  @Override
  public Instant currentProcessingTime() {
    scope.check(NAME);
    return Instant.ofEpochMilli(alarms.currentProcessingTime());
  }

  @Override
  public Optional<Instant> currentWatermark() {
    scope.check(NAME);
    long watermark = alarms.currentWatermark();
    return watermark == Long.MIN_VALUE ? Optional.empty() : Optional.of(Millis.time(watermark));
  }

  private boolean hasInputEnded() {
    return alarms.currentWatermark() == Long.MAX_VALUE;
  }

  @Override
  public void registerEventTimeTimer(Instant time) {
    long millis = millis(time);
    timers.put(code(TimeDomain.EVENT_TIME, millis), true);
    if (millis <= alarms.currentWatermark()) {
      if (due.add(millis) && scope.isUndoable()) {
        scope.undoBy(() -> due.remove(millis));
      }
    } else {
      alarms.registerEventTimeTimer(VoidNamespace.INSTANCE, millis);
    }
  }

  @Override
  public void registerProcessingTimeTimer(Instant time) {
    long millis = millis(time);
    if (!hasInputEnded()) {
      timers.put(code(TimeDomain.PROCESSING_TIME, millis), true);
      alarms.registerProcessingTimeTimer(VoidNamespace.INSTANCE, millis);
    }
  }

  @Override
  public void deleteEventTimeTimer(Instant time) {
    timers.remove(code(TimeDomain.EVENT_TIME, millis(time)));
  }

  @Override
  public void deleteProcessingTimeTimer(Instant time) {
    timers.remove(code(TimeDomain.PROCESSING_TIME, millis(time)));
  }

  private long millis(Instant time) {
    scope.check(NAME);
    return Millis.after(scope.present(NAME, time));
  }

  /** Removes a timer of the current key that has come to its time. Returns whether it was there. */
  boolean take(TimeDomain domain, long millis) {
    long code = code(domain, millis);
    boolean isThere = timers.get(code).isPresent();
    if (isThere) {
      timers.remove(code);
    }
    return isThere;
  }

  /** The earliest timer of the current key that was due when it was registered, and forgets it. */
  Optional<Long> nextDue() {
    return Optional.ofNullable(due.pollFirst());
  }

  /** The times of the processing-time timers of the current key. */
  List<Long> processingTimes() {
    return timers.keys().stream()
        .filter(code -> (code & 1) == TimeDomain.PROCESSING_TIME.ordinal())
        .map(code -> code >> 1)
        .sorted()
        .toList();
  }
}
