package io.headrace.flink.operators;

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
import io.headrace.codec.Codecs;
import io.headrace.flink.types.CodecSerializer;
import io.headrace.flink.types.EncodedKeySerializer;
import io.headrace.flink.types.PortableType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.BooleanSerializer;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.InternalTimerService;

/**
 * The states that a process declares, in Flink's keyed state. A state that is more than one value
 * takes several of Flink's: what they are named follows from its name.
 */
final class FlinkStates implements BroadcastStates {

  private final Scope scope;
  private final KeyedStateStore store;
  private final OperatorStateStore broadcastStore;
  private final FlinkTimers timers;
  private final Services.Open services;
  private final List<FlinkMutableState<?>> mutable = new ArrayList<>();
  private final List<FlinkBroadcastState<?, ?>> broadcast = new ArrayList<>();

  FlinkStates(
      Scope scope,
      StateInitializationContext stores,
      InternalTimerService<VoidNamespace> alarms,
      Services.Open services) {
    this.scope = scope;
    this.services = services;
    this.store = stores.getKeyedStateStore();
    this.broadcastStore = stores.getOperatorStateStore();
    this.timers =
        new FlinkTimers(
            scope,
            new Cells<>(
                scope,
                store,
                FlinkTimers.NAME,
                LongSerializer.INSTANCE,
                BooleanSerializer.INSTANCE),
            alarms);
  }

  private <V> Cell<V> cell(String name, Type type) {
    return new Cell<>(scope, store, name, type);
  }

  private Cell<Integer> size(String name) {
    return cell(name + ".size", Integer.class);
  }

  private static <V> CodecSerializer<V> serializer(Type type) {
    return new CodecSerializer<>(PortableType.of(type));
  }

  /** Begins an element with a key. */
  void enter() {
    mutable.forEach(FlinkMutableState::begin);
    scope.enter();
  }

  /** Begins a value that is broadcast. */
  void enterBroadcast() {
    scope.enterBroadcast();
  }

  /** Takes the broadcast state that was stored. */
  void restore() throws Exception {
    for (FlinkBroadcastState<?, ?> state : broadcast) {
      state.restore();
    }
  }

  /** Stores broadcast state. */
  void store() throws Exception {
    for (FlinkBroadcastState<?, ?> state : broadcast) {
      state.store();
    }
  }

  @Override
  public <M, V> BroadcastState<M, V> broadcast(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    CodecSerializer<BroadcastEntry<M, V>> entries =
        serializer(
            TypeToken.generic(BroadcastEntry.class, mapKeyType.type(), valueType.type()).type());
    FlinkBroadcastState<M, V> state =
        new FlinkBroadcastState<>(
            scope,
            name,
            Codecs.keyOf(mapKeyType.type()),
            serializer(valueType.type()),
            Scope.ask(
                () ->
                    broadcastStore.getBroadcastState(
                        new MapStateDescriptor<>(name, IntSerializer.INSTANCE, entries))));
    broadcast.add(state);
    return state;
  }

  FlinkTimers flinkTimers() {
    return timers;
  }

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    return new FlinkValueState<>(
        scope, name, cell(name, type.type()), scope.present(name, initial));
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    EncodedKeySerializer keys = new EncodedKeySerializer(PortableType.of(mapKeyType.type()));
    CodecSerializer<MapSlot<V>> slots =
        serializer(TypeToken.generic(MapSlot.class, valueType.type()).type());
    FlinkMapState.Rows<V> rows =
        new FlinkMapState.Rows<>(
            new Cells<>(scope, store, name, keys, slots),
            new Cells<>(scope, store, name + ".order", IntSerializer.INSTANCE, keys),
            size(name));
    return new FlinkMapState<>(scope, name, Codecs.keyOf(mapKeyType.type()), rows);
  }

  @Override
  public <V> ListState<V> list(String name, TypeToken<V> type) {
    Cells<Integer, V> elements =
        new Cells<>(scope, store, name, IntSerializer.INSTANCE, serializer(type.type()));
    return new FlinkListState<>(scope, name, elements, size(name));
  }

  @Override
  public <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function) {
    return new FlinkReducingState<>(scope, name, cell(name, type.type()), function);
  }

  @Override
  public <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    return new FlinkAggregatingState<>(
        scope, name, cell(name, accumulatorType.type()), aggregation);
  }

  @Override
  public <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial) {
    FlinkMutableState<V> state =
        new FlinkMutableState<>(
            scope, name, Cell.ofMutable(scope, store, name, type), scope.present(name, initial));
    mutable.add(state);
    return state;
  }

  @Override
  public <S> Service<S> service(Class<S> type) {
    S service = services.get(scope.operator(), type);
    return () -> service;
  }

  @Override
  public TimerService timers() {
    return timers;
  }
}
