package io.headrace.simulation;

import io.headrace.api.Aggregation;

/** The mean index of some events. */
final class Mean implements Aggregation<Event, Mean.Sum, Double> {

  record Sum(long count, long indexes) {}

  @Override
  public Sum initial() {
    return new Sum(0, 0);
  }

  @Override
  public Sum add(Sum sum, Event event) {
    return new Sum(sum.count + 1, sum.indexes + event.index());
  }

  @Override
  public Double result(Sum sum) {
    return (double) sum.indexes / sum.count;
  }
}
