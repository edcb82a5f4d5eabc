package io.headrace.simulation;

import io.headrace.api.BroadcastState;
import io.headrace.api.WritableBroadcastState;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Broadcast state in a plain map, by lists of a map key. */
record PlainBroadcast<M, V>(Map<Object, Object> values) implements WritableBroadcastState<M, V> {

  /** The same, to be written. */
  static <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state) {
    return (PlainBroadcast<M, V>) state;
  }

  @Override
  @SuppressWarnings("unchecked") // Only values of the type are put.
  public Optional<V> get(M mapKey) {
    return Optional.ofNullable((V) values.get(List.of(mapKey)));
  }

  @Override
  public void put(M mapKey, V value) {
    values.put(List.of(mapKey), value);
  }

  @Override
  public void remove(M mapKey) {
    values.remove(List.of(mapKey));
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  @SuppressWarnings("unchecked") // Only entries of the types are put.
  public void forEach(BiConsumer<? super M, ? super V> action) {
    values.forEach((key, value) -> action.accept((M) ((List<?>) key).get(0), (V) value));
  }

  @Override
  public void clear() {
    values.clear();
  }
}
