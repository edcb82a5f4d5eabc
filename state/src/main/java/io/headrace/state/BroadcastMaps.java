package io.headrace.state;

import io.headrace.api.BroadcastState;
import io.headrace.api.MapState;
import io.headrace.api.TypeToken;
import io.headrace.api.WritableBroadcastState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codecs;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The broadcast state of one operator in one task: maps of a table under the one key of {@link
 * Everywhere}, so that views, restores, undoing and limits on memory are those of keyed state.
 *
 * <p>Order of calls: {@link #map} for each, {@link #seal}, what is restored through {@link
 * #tables}; then {@link #enter} and {@link #commit} or {@link #undo} around what may read or write.
 * The thread of the task.
 */
public final class BroadcastMaps {

  private static final KeyCodec<Everywhere> KEYS = Codecs.keyOf(Everywhere.class);

  private final String operator;
  private final KeyedStates<Everywhere> tables;
  private final List<StateDeclaration> declarations = new ArrayList<>();
  private final Object[] key = {new Everywhere()};
  private final long[] hash = {KEYS.hash(new Everywhere())};
  private boolean mayWrite;

  /** No maps yet. */
  public BroadcastMaps(String operator, MemoryBudget budget, long salt) {
    this.operator = operator;
    this.tables = KeyedStates.undoable(operator, KEYS, new TaskShare(HashRange.ALL, budget, salt));
  }

  /** Declares a map. */
  public <M, V> BroadcastState<M, V> map(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    declarations.add(StateDeclaration.broadcast(name, mapKeyType.type(), valueType.type()));
    return new OfTable<>(new StateName(operator, name), tables.map(name, mapKeyType, valueType));
  }

  /** Ends the declarations. */
  public void seal() {
    tables.seal();
  }

  /** What was declared. */
  public List<StateDeclaration> declarations() {
    return List.copyOf(declarations);
  }

  /** Where all is, to be restored and viewed. */
  public KeyedStates<?> tables() {
    return tables;
  }

  /**
   * From now on all maps may be read.
   *
   * @param isWritable whether they may be written, too
   */
  public void enter(boolean isWritable) {
    tables.begin(key, hash, 1);
    tables.enter(0);
    mayWrite = isWritable;
  }

  /** Ends what {@link #enter} began: what was written stays. */
  public void commit() {
    mayWrite = false;
    tables.commit();
  }

  /** Ends what {@link #enter} began as if nothing had been written. */
  public void undo() {
    mayWrite = false;
    tables.undo();
  }

  /**
   * A map, to be written.
   *
   * @throws IllegalArgumentException when it is not one of these
   */
  public <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state) {
    if (state instanceof OfTable<M, V> own && own.maps() == this) {
      return own;
    }
    throw new IllegalArgumentException(
        "a state was to be written that the process has not declared with states.broadcast(...)");
  }

  private final class OfTable<M, V> implements WritableBroadcastState<M, V> {

    private final StateName name;
    private final MapState<M, V> map;

    OfTable(StateName name, MapState<M, V> map) {
      this.name = name;
      this.map = map;
    }

    BroadcastMaps maps() {
      return BroadcastMaps.this;
    }

    private void checkWritable() {
      if (!mayWrite) {
        throw name.notWritable();
      }
    }

    @Override
    public Optional<V> get(M mapKey) {
      return map.get(mapKey);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public void forEach(BiConsumer<? super M, ? super V> action) {
      map.forEach(action);
    }

    @Override
    public void put(M mapKey, V value) {
      checkWritable();
      map.put(mapKey, value);
    }

    @Override
    public void remove(M mapKey) {
      checkWritable();
      map.remove(mapKey);
    }

    @Override
    public void clear() {
      checkWritable();
      map.clear();
    }
  }
}
