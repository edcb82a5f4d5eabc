package io.headrace.flink.operators;

import io.headrace.api.TypeToken;
import io.headrace.flink.types.CodecSerializer;
import io.headrace.flink.types.PortableType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.jspecify.annotations.Nullable;

/** A value for each key, in Flink's state, which can be undone. What comes out is a copy. */
final class Cell<V> {

  private final Scope scope;
  private final CodecSerializer<V> serializer;
  private final ValueState<V> state;

  Cell(Scope scope, KeyedStateStore store, String name, Type type) {
    this(scope, store, name, new CodecSerializer<>(PortableType.of(type)));
  }

  private Cell(Scope scope, KeyedStateStore store, String name, CodecSerializer<V> serializer) {
    this.scope = scope;
    this.serializer = serializer;
    this.state = store.getState(new ValueStateDescriptor<>(name, serializer));
  }

  /** A cell of objects whose lists, sets and maps can be changed when they come out. */
  static <V> Cell<V> ofMutable(Scope scope, KeyedStateStore store, String name, TypeToken<V> type) {
    return new Cell<>(scope, store, name, CodecSerializer.ofMutable(PortableType.of(type.type())));
  }

  /** A copy of a value, unless values cannot be changed. */
  V copy(V value) {
    return serializer.copy(value);
  }

  Optional<V> get() {
    return Optional.ofNullable(raw()).map(serializer::copy);
  }

  private @Nullable V raw() {
    return Scope.<@Nullable V>ask(state::value);
  }

  /** Sets it to a copy; a value that cannot be encoded is refused. */
  void set(V value) {
    serializer.check(value);
    change(serializer.copy(value));
  }

  void clear() {
    change(null);
  }

  private void change(@Nullable V value) {
    if (scope.isUndoable()) {
      V before = raw();
      scope.undoBy(() -> put(before));
    }
    Scope.run(() -> put(value));
  }

  private void put(@Nullable V value) throws Exception {
    if (value == null) {
      state.clear();
    } else {
      state.update(value);
    }
  }
}
