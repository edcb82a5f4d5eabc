package io.headrace.flink.operators;

import io.headrace.api.MapState;
import io.headrace.codec.KeyCodec;
import io.headrace.flink.types.EncodedKey;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A map for each key: values by map keys, map keys by their place in its order, and its size. */
final class FlinkMapState<M, V> implements MapState<M, V> {

  private final Scope scope;
  private final String name;
  private final KeyCodec<M> keys;
  private final Rows<V> rows;

  FlinkMapState(Scope scope, String name, KeyCodec<M> keys, Rows<V> rows) {
    this.scope = scope;
    this.name = name;
    this.keys = keys;
    this.rows = rows;
  }

  /** What it is kept in. */
  record Rows<V>(
      Cells<EncodedKey, MapSlot<V>> values, Cells<Integer, EncodedKey> order, Cell<Integer> size) {}

  private EncodedKey encoded(M mapKey) {
    scope.check(name);
    return EncodedKey.of(keys, scope.present(name, mapKey));
  }

  @Override
  public Optional<V> get(M mapKey) {
    return rows.values.get(encoded(mapKey)).map(MapSlot::value);
  }

  @Override
  public void put(M mapKey, V value) {
    EncodedKey key = encoded(mapKey);
    scope.present(name, value);
    Optional<MapSlot<V>> before = rows.values.get(key);
    if (before.isPresent()) {
      rows.values.put(key, new MapSlot<>(before.orElseThrow().place(), value));
    } else {
      int place = size();
      rows.values.put(key, new MapSlot<>(place, value));
      rows.order.put(place, key);
      rows.size.set(place + 1);
    }
  }

  /** Moves the last entry to the place of the removed one. */
  @Override
  public void remove(M mapKey) {
    EncodedKey key = encoded(mapKey);
    rows.values.get(key).ifPresent(removed -> remove(key, removed.place()));
  }

  private void remove(EncodedKey key, int place) {
    int last = size() - 1;
    EncodedKey moved = rows.order.get(last).orElseThrow();
    if (place != last) {
      V value = rows.values.get(moved).orElseThrow().value();
      rows.values.put(moved, new MapSlot<>(place, value));
      rows.order.put(place, moved);
    }
    rows.values.remove(key);
    rows.order.remove(last);
    if (last == 0) {
      rows.size.clear();
    } else {
      rows.size.set(last);
    }
  }

  @Override
  public int size() {
    scope.check(name);
    return rows.size.get().orElse(0);
  }

  @Override
  public void forEach(BiConsumer<? super M, ? super V> action) {
    int count = size();
    for (int i = 0; i < count; i++) {
      EncodedKey key = rows.order.get(i).orElseThrow();
      action.accept(key.key(keys), rows.values.get(key).orElseThrow().value());
      if (size() != count) {
        throw new ConcurrentModificationException(
            "Map \"" + name + "\" was changed by what forEach called. Change it after forEach.");
      }
    }
  }

  @Override
  public void clear() {
    int count = size();
    for (int i = 0; i < count; i++) {
      rows.values.remove(rows.order.get(i).orElseThrow());
      rows.order.remove(i);
    }
    rows.size.clear();
  }
}
