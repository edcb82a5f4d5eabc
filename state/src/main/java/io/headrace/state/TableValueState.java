package io.headrace.state;

import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Schema;
import java.io.IOException;
import java.util.Objects;

/** A value state in a table: a get or set is one look-up, and a set after a get none. */
final class TableValueState<K, V> implements ValueState<V>, DeclaredState {

  private final String name;
  private final KeyedStates<K> states;
  private final Codec<V> codec;
  private final V initial;
  private final Schema entrySchema;
  private final Cells<V> cells;
  private long foundFor;
  private boolean isThere;

  TableValueState(
      String name, KeyedStates<K> states, Codec<V> codec, V initial, Schema entrySchema) {
    this.name = name;
    this.states = states;
    this.codec = codec;
    this.initial = initial;
    this.entrySchema = entrySchema;
    this.cells = new Cells<>(states.optionsOf(name), codec, 0, !states.keys().isHashInvertible());
  }

  /** Finds the current key's cell, unless this was done for the same element. */
  private void find() {
    long element = states.element(name);
    if (foundFor != element) {
      isThere = cells.find(states.hash(), states.keyBytes());
      foundFor = element;
    }
  }

  @Override
  public V get() {
    find();
    return isThere ? cells.load() : initial;
  }

  @Override
  public void set(V value) {
    Objects.requireNonNull(value, "a state has no null: clear it, or use Optional");
    find();
    cells.store(value);
    isThere = true;
  }

  @Override
  public void clear() {
    find();
    cells.delete();
    isThere = false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Table table() {
    return cells.table();
  }

  @Override
  public boolean restore(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    V value = codec.decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    set(value);
    states.leave();
    return true;
  }

  @Override
  public StatesView.State show(TableView view) {
    return new View(view);
  }

  private final class View implements StatesView.State {

    private final TableView view;

    View(TableView view) {
      this.view = view;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public StateDeclaration.Kind kind() {
      return StateDeclaration.Kind.VALUE;
    }

    @Override
    public Schema entrySchema() {
      return entrySchema;
    }

    @Override
    public void writeTo(EntryWriter out) throws IOException {
      KeyCodec<K> keys = states.keys();
      view.forEach(
          (segment, row, isDeleted) -> {
            long hash = segment.words[row + RowLayout.HASH];
            Encoder entry = out.entry(hash);
            if (keys.isHashInvertible()) {
              keys.codec().encode(keys.fromHash(hash), entry);
            }
            cells.write(segment, row, entry);
          });
    }
  }
}
