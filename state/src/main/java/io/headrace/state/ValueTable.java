package io.headrace.state;

import io.headrace.codec.Codec;

/**
 * A table with one value for each key, whatever the handle makes of it. Of several look-ups of the
 * same element only the first one looks. The owner's thread.
 */
final class ValueTable<K, V> implements RowState<K, V> {

  private final StateName name;
  private final KeyedStates<K> states;
  private final Cells<V> cells;
  private final Table table;
  private final Rows<K, V> rows;
  private long foundFor;
  private boolean isThere;

  ValueTable(StateDescription description, KeyedStates<K> states, Codec<V> codec) {
    this.name = description.name();
    this.states = states;
    this.cells = new Cells<>(codec, 0);
    this.table = states.table(name, cells.layout(false, states.keepsKeys()), states.keyBytes());
    this.rows = new Rows<>(description, states, codec, cells, table);
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

  Table table() {
    return table;
  }

  @Override
  public Rows<K, V> rows() {
    return rows;
  }

  @Override
  public void restore(V value) {
    find();
    store(value);
  }

  @Override
  public void restoreDeletion() {
    find();
    delete();
  }
}
