package io.headrace.flink.operators;

import io.headrace.flink.types.CodecSerializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Values for each key, found by something more, in Flink's state; they can be undone. What comes
 * out is a copy.
 */
final class Cells<M, V> {

  private final Scope scope;
  private final TypeSerializer<V> values;
  private final MapState<M, V> state;

  Cells(
      Scope scope,
      KeyedStateStore store,
      String name,
      TypeSerializer<M> keys,
      TypeSerializer<V> values) {
    this.scope = scope;
    this.values = values;
    this.state = store.getMapState(new MapStateDescriptor<>(name, keys, values));
  }

  Optional<V> get(M key) {
    return Optional.ofNullable(raw(key)).map(values::copy);
  }

  private @Nullable V raw(M key) {
    return Scope.<@Nullable V>ask(() -> state.get(key));
  }

  void put(M key, V value) {
    if (values instanceof CodecSerializer<V> codec) {
      codec.check(value);
    }
    change(key, values.copy(value));
  }

  void remove(M key) {
    change(key, null);
  }

  private void change(M key, @Nullable V value) {
    if (scope.isUndoable()) {
      V before = raw(key);
      scope.undoBy(() -> set(key, before));
    }
    Scope.run(() -> set(key, value));
  }

  private void set(M key, @Nullable V value) throws Exception {
    if (value == null) {
      state.remove(key);
    } else {
      state.put(key, value);
    }
  }

  List<M> keys() {
    List<M> keys = new ArrayList<>();
    Scope.ask(() -> Optional.ofNullable(state.keys())).ifPresent(all -> all.forEach(keys::add));
    return keys;
  }
}
