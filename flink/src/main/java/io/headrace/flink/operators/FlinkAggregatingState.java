package io.headrace.flink.operators;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import java.util.Optional;

/** An accumulator for each key. */
final class FlinkAggregatingState<T, A, R> implements AggregatingState<T, R> {

  private final Scope scope;
  private final String name;
  private final Cell<A> cell;
  private final Aggregation<T, A, R> aggregation;

  FlinkAggregatingState(Scope scope, String name, Cell<A> cell, Aggregation<T, A, R> aggregation) {
    this.scope = scope;
    this.name = name;
    this.cell = cell;
    this.aggregation = aggregation;
  }

  @Override
  public void add(T value) {
    scope.check(name);
    A before = cell.get().orElseGet(aggregation::initial);
    cell.set(scope.present(name, aggregation.add(before, scope.present(name, value))));
  }

  @Override
  public Optional<R> get() {
    scope.check(name);
    return cell.get().map(aggregation::result);
  }

  @Override
  public void clear() {
    scope.check(name);
    cell.clear();
  }
}
