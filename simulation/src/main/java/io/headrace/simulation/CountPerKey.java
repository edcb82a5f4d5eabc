package io.headrace.simulation;

import io.headrace.api.Context;
import io.headrace.api.KeyedProcess;
import io.headrace.api.MapState;
import io.headrace.api.SideOutput;
import io.headrace.api.States;
import io.headrace.api.ValueState;

/** A process that uses every kind of state, deletes some of it, and has a side output. */
final class CountPerKey implements KeyedProcess<String, Event, Line> {

  static final SideOutput<Line> EVERY_FIFTH = SideOutput.of("every-fifth", Line.class);

  private final ValueState<Long> count;
  private final ValueState<String> text;
  private final MapState<Integer, Long> lastOfDigit;

  private final boolean hasSide;

  CountPerKey(States states, boolean hasSide) {
    this.hasSide = hasSide;
    count = states.value("count", Long.class, 0L);
    text = states.value("text", String.class, "");
    lastOfDigit = states.map("last-of-digit", Integer.class, Long.class);
  }

  @Override
  public void process(Event event, Context<String, Line> at) {
    long now = count.update(before -> before + 1);
    int digit = (int) (event.index() % 7);
    if (digit == 6) {
      lastOfDigit.remove((int) (now % 6));
    } else {
      lastOfDigit.put(digit, event.index());
    }
    if (now % 11 == 0) {
      text.clear();
    } else {
      text.set(text.get() + digit);
    }
    StringBuilder digits = new StringBuilder(text.get());
    lastOfDigit.forEach((each, last) -> digits.append(' ').append(each).append('=').append(last));
    Line line = new Line(at.key(), now, digits.toString());
    at.emit(line);
    if (hasSide && now % 5 == 0) {
      at.emit(EVERY_FIFTH, line);
    }
  }
}
