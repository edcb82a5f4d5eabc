package io.headrace.state;

import io.headrace.api.ValueState;

/** A value state over a table. The owner's thread. */
final class TableValueState<V> implements ValueState<V> {

  private final ValueTable<?, V> values;
  private final Initial<V> initial;

  TableValueState(ValueTable<?, V> values, Initial<V> initial) {
    this.values = values;
    this.initial = initial;
  }

  @Override
  public V get() {
    return values.find() ? values.load() : initial.value();
  }

  @Override
  public void set(V value) {
    values.find();
    values.store(value);
  }

  @Override
  public void clear() {
    values.find();
    values.delete();
  }
}
