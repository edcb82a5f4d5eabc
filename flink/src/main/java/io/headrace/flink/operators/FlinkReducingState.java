package io.headrace.flink.operators;

import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import java.util.Optional;

/** A value for each key that others are reduced to. */
final class FlinkReducingState<V> implements ReducingState<V> {

  private final Scope scope;
  private final String name;
  private final Cell<V> cell;
  private final ReduceFunction<V> function;

  FlinkReducingState(Scope scope, String name, Cell<V> cell, ReduceFunction<V> function) {
    this.scope = scope;
    this.name = name;
    this.cell = cell;
    this.function = function;
  }

  @Override
  public void add(V value) {
    scope.check(name);
    V next = scope.present(name, value);
    Optional<V> before = cell.get();
    cell.set(
        before.isEmpty() ? next : scope.present(name, function.reduce(before.orElseThrow(), next)));
  }

  @Override
  public Optional<V> get() {
    scope.check(name);
    return cell.get();
  }

  @Override
  public void clear() {
    scope.check(name);
    cell.clear();
  }
}
