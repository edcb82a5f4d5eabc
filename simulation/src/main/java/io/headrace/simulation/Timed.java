package io.headrace.simulation;

import io.headrace.api.Context;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.OnTimerContext;
import io.headrace.api.States;
import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.api.ValueState;
import java.time.Duration;
import java.time.Instant;

/**
 * A process with timers of both kinds, whose results depend on no clock: it counts the events of
 * each key in windows of event time, and holds each event back for a while of processing time.
 * Fails on poison after all that.
 */
final class Timed implements KeyedProcess<String, Event, Line> {

  /** The states, by their names. */
  static final String WINDOWS = "windows";

  static final String HELD = "held";
  static final String DUE = "due";

  private static final long WINDOW_MILLIS = 40;
  private static final Duration HOLD = Duration.ofMillis(2);

  /** The count of each window, by the last millisecond of the window. */
  private final MapState<Long, Long> windows;

  /** Indexes of events, each with itself. */
  private final MapState<Long, Long> held;

  private final ValueState<Instant> due;
  private final TimerService timers;

  Timed(States states) {
    windows = states.map(WINDOWS, Long.class, Long.class);
    held = states.map(HELD, Long.class, Long.class);
    due = states.value(DUE, Instant.class, Instant.EPOCH);
    timers = states.timers();
  }

  @Override
  public void process(Event event, Context<String, Line> at) {
    long time = at.timestamp().orElseThrow().toEpochMilli();
    long last = Math.floorDiv(time, WINDOW_MILLIS) * WINDOW_MILLIS + WINDOW_MILLIS - 1;
    windows.put(last, windows.getOrDefault(last, 0L) + 1);
    timers.registerEventTimeTimer(Instant.ofEpochMilli(last));
    hold(event);
    if (event.index() % 4 == 1) {
      timers.deleteEventTimeTimer(Instant.ofEpochMilli(last));
    }
    if (event.isPoison()) {
      throw new IllegalStateException("poison");
    }
    timers.registerEventTimeTimer(Instant.ofEpochMilli(last));
  }

  /** Some events have those before them held back for longer. */
  private void hold(Event event) {
    boolean isFirst = held.isEmpty();
    held.put(event.index(), event.index());
    if (isFirst || event.index() % 3 == 0) {
      timers.deleteProcessingTimeTimer(due.get());
      due.set(Instant.ofEpochMilli(timers.currentProcessingTime().plus(HOLD).toEpochMilli()));
      timers.registerProcessingTimeTimer(due.get());
    }
  }

  @Override
  public void onTimer(Instant time, OnTimerContext<String, Line> at) {
    if (at.timeDomain() == TimeDomain.EVENT_TIME) {
      long last = time.toEpochMilli();
      long count = windows.get(last).orElseThrow();
      windows.remove(last);
      at.emit(new Line("window-" + at.key(), last, count + " " + at.timestamp().orElseThrow()));
    } else {
      held.forEach((index, same) -> at.emit(new Line("held-" + at.key(), index, "")));
      held.clear();
      due.clear();
    }
  }
}
