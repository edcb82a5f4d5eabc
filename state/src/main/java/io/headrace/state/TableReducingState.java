package io.headrace.state;

import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import java.util.Optional;

/** A reducing state over a table. The owner's thread. */
final class TableReducingState<V> implements ReducingState<V> {

  private final ValueTable<?, V> values;
  private final ReduceFunction<V> function;

  TableReducingState(ValueTable<?, V> values, ReduceFunction<V> function) {
    this.values = values;
    this.function = function;
  }

  @Override
  public void add(V value) {
    values.present(value);
    values.store(values.find() ? function.reduce(values.load(), value) : value);
  }

  @Override
  public Optional<V> get() {
    return values.find() ? Optional.of(values.load()) : Optional.empty();
  }

  @Override
  public void clear() {
    values.find();
    values.delete();
  }
}
