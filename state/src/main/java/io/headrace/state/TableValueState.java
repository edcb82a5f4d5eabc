package io.headrace.state;

import io.headrace.api.ValueState;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;

/**
 * A value state in a table. The first get, set or clear of an element looks its key up; the others
 * do not. The owner's thread.
 */
final class TableValueState<K, V> implements ValueState<V>, DeclaredState {

  private final StateDescription description;
  private final StateName name;
  private final KeyedStates<K> states;
  private final Codec<V> codec;
  private final Initial<V> initial;
  private final Cells<V> cells;
  private final Table table;
  private long foundFor;
  private boolean isThere;

  TableValueState(StateDescription description, KeyedStates<K> states, Codec<V> codec, V initial) {
    this.description = description;
    this.name = description.name();
    this.states = states;
    this.codec = codec;
    this.initial = new Initial<>(codec, initial);
    this.cells = new Cells<>(codec, 0);
    this.table = states.table(name, cells.layout(false, states.keepsKeys()));
  }

  /** Finds the current key's row, unless this was done for the same element. */
  private void find() {
    long element = states.element(name);
    if (foundFor != element) {
      states.encodeKeyIfKept();
      isThere = table.find(states.hash());
      foundFor = element;
    }
  }

  @Override
  public V get() {
    find();
    return isThere ? cells.load(table) : initial.value();
  }

  @Override
  public void set(V value) {
    find();
    cells.store(table, name, states.present(name, value));
    isThere = true;
  }

  @Override
  public void clear() {
    find();
    table.delete();
    isThere = false;
  }

  @Override
  public StateName name() {
    return name;
  }

  @Override
  public long touch(long[] hashes, int count) {
    return table.touch(hashes, count);
  }

  Table table() {
    return table;
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
  public boolean restoreDeletion(Decoder entry) {
    if (!states.enterIfOwn(states.keys().codec().decode(entry))) {
      return false;
    }
    clear();
    states.leave();
    return true;
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(description, states.keys(), table.view(open), new Parts());
  }

  private final class Parts implements RowsView.Parts {

    @Override
    public void writePath(Segment segment, int row, Encoder entry) {
      // The key is enough.
    }

    @Override
    public void writeValue(Segment segment, int row, Encoder entry) {
      cells.write(segment, row, entry);
    }
  }
}
