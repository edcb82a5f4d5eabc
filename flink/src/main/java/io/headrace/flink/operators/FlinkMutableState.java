package io.headrace.flink.operators;

import io.headrace.api.MutableState;
import org.jspecify.annotations.Nullable;

/** An object for each key that is changed in place, and stored when the element has ended. */
final class FlinkMutableState<V> implements MutableState<V> {

  private final Scope scope;
  private final String name;
  private final Cell<V> cell;
  private final V initial;
  private @Nullable V inUse;

  FlinkMutableState(Scope scope, String name, Cell<V> cell, V initial) {
    this.scope = scope;
    this.name = name;
    this.cell = cell;
    this.initial = cell.copy(initial);
  }

  /** Forgets the object of the element before. */
  void begin() {
    inUse = null;
  }

  @Override
  public V get() {
    scope.check(name);
    V object = inUse;
    if (object == null) {
      object = cell.get().orElseGet(() -> cell.copy(initial));
      inUse = object;
      scope.atEnd(this::store);
    }
    return object;
  }

  private void store() {
    V object = inUse;
    if (object != null) {
      cell.set(object);
    }
  }

  @Override
  public void set(V value) {
    scope.check(name);
    cell.set(scope.present(name, value));
    inUse = null;
  }

  @Override
  public void clear() {
    scope.check(name);
    cell.clear();
    inUse = null;
  }
}
