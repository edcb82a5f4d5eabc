package io.headrace.engine.task;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.BroadcastState;
import io.headrace.api.BroadcastStates;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import io.headrace.api.Service;
import io.headrace.api.Services;
import io.headrace.api.TimerService;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.state.BroadcastMaps;
import io.headrace.state.KeyedStates;

/** Where a process declares its states in a task, and asks for services. */
record ProcessStates(
    String operator, KeyedStates<Object> keyed, BroadcastMaps maps, Services.Open services)
    implements BroadcastStates {

  @Override
  public <M, V> BroadcastState<M, V> broadcast(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    return maps.map(name, mapKeyType, valueType);
  }

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    return keyed.value(name, type, initial);
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    return keyed.map(name, mapKeyType, valueType);
  }

  @Override
  public <V> ListState<V> list(String name, TypeToken<V> type) {
    return keyed.list(name, type);
  }

  @Override
  public <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function) {
    return keyed.reducing(name, type, function);
  }

  @Override
  public <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    return keyed.aggregating(name, accumulatorType, aggregation);
  }

  @Override
  public <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial) {
    return keyed.mutable(name, type, initial);
  }

  @Override
  public <S> Service<S> service(Class<S> type) {
    S service = services.get(operator, type);
    return () -> service;
  }

  @Override
  public TimerService timers() {
    return keyed.timers();
  }
}
