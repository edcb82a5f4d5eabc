package io.headrace.simulation;

import io.headrace.api.Context;
import io.headrace.api.KeyedProcess;
import io.headrace.api.States;
import io.headrace.api.ValueState;

/**
 * Counts lines of many keys together: the count does not depend on the order in which they come.
 */
final class CountPerGroup implements KeyedProcess<Integer, Line, Line> {

  private final ValueState<Integer> count;

  CountPerGroup(States states) {
    count = states.value("count", Integer.class, 0);
  }

  @Override
  public void process(Line line, Context<Integer, Line> at) {
    int now = count.update(before -> before + 1);
    at.emit(new Line("group-" + at.key(), now, ""));
  }
}
