package io.headrace.simulation;

import io.headrace.api.Context;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.MapState;
import io.headrace.api.States;

/**
 * Counts the events of each key and the lines of each key in one state. What it emits for the one
 * depends on nothing of the other, since their order is not defined. Fails on poison after that.
 */
final class Pairs implements KeyedCoProcess<String, Event, Line, Line> {

  private final MapState<Integer, Long> counts;

  Pairs(States states) {
    counts = states.map("counts", Integer.class, Long.class);
  }

  @Override
  public void process1(Event event, Context<String, Line> at) {
    at.emit(new Line("event-" + at.key(), count(1), Long.toString(event.index())));
    if (event.isPoison()) {
      throw new IllegalStateException("poison");
    }
  }

  @Override
  public void process2(Line line, Context<String, Line> at) {
    at.emit(new Line("line-" + at.key(), count(2), Long.toString(line.count())));
  }

  private long count(int stream) {
    long count = counts.getOrDefault(stream, 0L) + 1;
    counts.put(stream, count);
    return count;
  }
}
