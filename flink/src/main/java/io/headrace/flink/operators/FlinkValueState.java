package io.headrace.flink.operators;

import io.headrace.api.ValueState;

/** A value for each key. */
final class FlinkValueState<V> implements ValueState<V> {

  private final Scope scope;
  private final String name;
  private final Cell<V> cell;
  private final V initial;

  FlinkValueState(Scope scope, String name, Cell<V> cell, V initial) {
    this.scope = scope;
    this.name = name;
    this.cell = cell;
    this.initial = cell.copy(initial);
  }

  @Override
  public V get() {
    scope.check(name);
    return cell.get().orElseGet(() -> cell.copy(initial));
  }

  @Override
  public void set(V value) {
    scope.check(name);
    cell.set(scope.present(name, value));
  }

  @Override
  public void clear() {
    scope.check(name);
    cell.clear();
  }
}
