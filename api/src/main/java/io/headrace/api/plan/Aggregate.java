package io.headrace.api.plan;

import io.headrace.api.AggregateFunction;
import io.headrace.api.Context;
import io.headrace.api.KeyValue;
import io.headrace.api.KeyedProcess;
import io.headrace.api.ValueState;

/** Folds the values of a key into one state, and emits it after each. */
final class Aggregate<K, T, S> implements KeyedProcess<K, T, KeyValue<K, S>> {

  private final ValueState<S> state;
  private final AggregateFunction<S, ? super T> function;

  Aggregate(ValueState<S> state, AggregateFunction<S, ? super T> function) {
    this.state = state;
    this.function = function;
  }

  @Override
  public void process(T value, Context<K, KeyValue<K, S>> at) throws Exception {
    S next = function.add(state.get(), value);
    state.set(next);
    at.emit(new KeyValue<>(at.key(), next));
  }
}
