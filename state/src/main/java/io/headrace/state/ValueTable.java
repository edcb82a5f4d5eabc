package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;

/**
 * A table with one value for each key, whatever the handle makes of it. Of several look-ups of the
 * same element only the first one looks. The owner's thread.
 */
final class ValueTable<K, V> implements DeclaredState {

  private final StateDescription description;
  private final StateName name;
  private final KeyedStates<K> states;
  private final Codec<V> codec;
  private final Cells<V> cells;
  private final Table table;
  private long foundFor;
  private boolean isThere;

  ValueTable(StateDescription description, KeyedStates<K> states, Codec<V> codec) {
    this.description = description;
    this.name = description.name();
    this.states = states;
    this.codec = codec;
    this.cells = new Cells<>(codec, 0);
    this.table = states.table(name, cells.layout(false, states.keepsKeys()));
  }

  /** Looks for the current key's value. Returns whether there is one. */
  boolean find() {
    long element = states.element(name);
    if (foundFor != element) {
      states.encodeKeyIfKept();
      isThere = table.find(states.hash());
      foundFor = element;
    }
    return isThere;
  }

  /** The value that was found. */
  V load() {
    return cells.load(table);
  }

  /** Sets the value that was looked for, found or not. */
  void store(V value) {
    cells.store(table, name, states.present(name, value));
    isThere = true;
  }

  /** Deletes the value that was found, if it is there. */
  void delete() {
    table.delete();
    isThere = false;
  }

  /** Something that a user gave, unless it is null. */
  <T> T present(T given) {
    return states.present(name, given);
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
    find();
    store(value);
    states.leave();
    return true;
  }

  @Override
  public boolean restoreDeletion(Decoder entry) {
    if (!states.enterIfOwn(states.keys().codec().decode(entry))) {
      return false;
    }
    find();
    delete();
    states.leave();
    return true;
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(
        description, states.keys(), table.view(open), RowsView.Parts.value(cells));
  }
}
