package io.headrace.flink.operators;

import io.headrace.api.WritableBroadcastState;
import io.headrace.codec.KeyCodec;
import io.headrace.flink.types.CodecSerializer;
import io.headrace.flink.types.EncodedKey;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * A map that belongs to no key, in the memory of the task; in Flink's broadcast state, where the
 * order of entries is lost, each is stored by its place. The thread of the task.
 */
final class FlinkBroadcastState<M, V> implements WritableBroadcastState<M, V> {

  private final Scope scope;
  private final String name;
  private final KeyCodec<M> keys;
  private final CodecSerializer<V> values;
  private final org.apache.flink.api.common.state.BroadcastState<Integer, BroadcastEntry<M, V>>
      stored;
  private final List<BroadcastEntry<M, V>> entries = new ArrayList<>();
  private final Map<EncodedKey, Integer> places = new HashMap<>();

  FlinkBroadcastState(
      Scope scope,
      String name,
      KeyCodec<M> keys,
      CodecSerializer<V> values,
      org.apache.flink.api.common.state.BroadcastState<Integer, BroadcastEntry<M, V>> stored) {
    this.scope = scope;
    this.name = name;
    this.keys = keys;
    this.values = values;
    this.stored = stored;
  }

  /** Takes what was stored. */
  void restore() throws Exception {
    Map<Integer, BroadcastEntry<M, V>> inOrder = new TreeMap<>();
    stored.entries().forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
    inOrder.values().forEach(this::append);
  }

  /** Stores it. */
  void store() throws Exception {
    stored.clear();
    for (int place = 0; place < entries.size(); place++) {
      stored.put(place, entries.get(place));
    }
  }

  private EncodedKey encoded(M mapKey) {
    scope.checkBroadcast(name);
    return EncodedKey.of(keys, scope.present(name, mapKey));
  }

  private EncodedKey toWrite(M mapKey) {
    scope.checkWritable(name);
    return encoded(mapKey);
  }

  @Override
  public Optional<V> get(M mapKey) {
    Integer place = places.get(encoded(mapKey));
    return place == null ? Optional.empty() : Optional.of(values.copy(entries.get(place).value()));
  }

  @Override
  public int size() {
    scope.checkBroadcast(name);
    return entries.size();
  }

  @Override
  public void forEach(BiConsumer<? super M, ? super V> action) {
    int count = size();
    for (int place = 0; place < count; place++) {
      BroadcastEntry<M, V> entry = entries.get(place);
      action.accept(entry.key(), values.copy(entry.value()));
      if (size() != count) {
        throw new ConcurrentModificationException(
            "Map \"" + name + "\" was changed by what forEach called. Change it after forEach.");
      }
    }
  }

  // What writes

  @Override
  public void put(M mapKey, V value) {
    EncodedKey key = toWrite(mapKey);
    values.check(scope.present(name, value));
    BroadcastEntry<M, V> next = new BroadcastEntry<>(key.key(keys), values.copy(value));
    Integer place = places.get(key);
    if (place == null) {
      append(next);
      undoBy(() -> drop(key));
    } else {
      BroadcastEntry<M, V> before = entries.set(place, next);
      undoBy(() -> entries.set(place, before));
    }
  }

  private void append(BroadcastEntry<M, V> entry) {
    places.put(EncodedKey.of(keys, entry.key()), entries.size());
    entries.add(entry);
  }

  /** Removes the last entry. */
  private void drop(EncodedKey key) {
    entries.remove(entries.size() - 1);
    places.remove(key);
  }

  /** Moves the last entry to the place of the removed one. */
  @Override
  public void remove(M mapKey) {
    EncodedKey key = toWrite(mapKey);
    Integer place = places.get(key);
    if (place == null) {
      return;
    }
    BroadcastEntry<M, V> removed = entries.get(place);
    BroadcastEntry<M, V> last = entries.get(entries.size() - 1);
    EncodedKey lastKey = EncodedKey.of(keys, last.key());
    entries.set(place, last);
    places.put(lastKey, place);
    entries.remove(entries.size() - 1);
    places.remove(key);
    undoBy(
        () -> {
          append(last);
          if (place < entries.size() - 1) {
            entries.set(place, removed);
            places.put(key, place);
          }
        });
  }

  @Override
  public void clear() {
    scope.checkWritable(name);
    List<BroadcastEntry<M, V>> before = List.copyOf(entries);
    entries.clear();
    places.clear();
    undoBy(() -> before.forEach(this::append));
  }

  private void undoBy(Scope.Change change) {
    if (scope.isUndoable()) {
      scope.undoBy(change);
    }
  }
}
