package io.headrace.simulation;

import io.headrace.api.AggregatingState;
import io.headrace.api.Context;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReducingState;
import io.headrace.api.SideOutput;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import java.util.List;

/**
 * A process that uses every kind of state, deletes some of it, has a side output, and fails on
 * poison after all that.
 */
final class CountPerKey implements KeyedProcess<String, Event, Line> {

  static final SideOutput<Line> EVERY_FIFTH = SideOutput.of("every-fifth", Line.class);

  private final ValueState<Long> count;
  private final ValueState<String> text;
  private final MapState<Integer, Long> lastOfDigit;
  private final ListState<Long> indexes;
  private final ReducingState<String> turns;
  private final AggregatingState<Event, Double> mean;
  private final MutableState<List<Integer>> window;

  private final boolean hasSide;

  CountPerKey(States states, boolean hasSide) {
    this.hasSide = hasSide;
    count = states.value("count", Long.class, 0L);
    text = states.value("text", String.class, "");
    lastOfDigit = states.map("last-of-digit", Integer.class, Long.class);
    indexes = states.list("indexes", Long.class);
    turns = states.reducing("turns", String.class, (before, next) -> next + before.charAt(0));
    mean = states.aggregating("mean", Mean.Sum.class, new Mean());
    window = states.mutable("window", new TypeToken<List<Integer>>() {}, List.of());
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
    digits.append(' ').append(gather(event, digit, now));
    Line line = new Line(at.key(), now, digits.toString());
    at.emit(line);
    if (hasSide && now % 5 == 0) {
      at.emit(EVERY_FIFTH, line);
    }
    if (event.isPoison()) {
      throw new IllegalStateException("poison");
    }
  }

  /** Uses the states that gather many values. */
  private String gather(Event event, int digit, long now) {
    indexes.add(event.index());
    if (indexes.size() > 8) {
      indexes.update(indexes.toList().subList(5, 9));
    }
    turns.add(String.valueOf(digit));
    mean.add(event);
    List<Integer> last = window.get();
    last.add(digit);
    if (last.size() > 4) {
      last.remove(0);
    }
    String gathered = indexes.toList() + " " + turns.get() + " " + mean.get() + " " + last;
    if (now % 7 == 0) {
      turns.clear();
      mean.clear();
      window.clear();
    }
    if (now % 17 == 0) {
      indexes.clear();
    }
    return gathered;
  }
}
