package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;

/** A state that has at most one row of a table for each key. The owner's thread. */
abstract class RowState<K, V> implements DeclaredState {

  final StateName name;
  final KeyedStates<K> states;
  final Cells<V> cells;
  final Table table;
  private final StateDescription description;
  private final Codec<V> codec;

  /**
   * A state without rows.
   *
   * @param key where the key of a row is encoded before the row is looked for
   */
  RowState(
      StateDescription description,
      KeyedStates<K> states,
      Codec<V> codec,
      Cells<V> cells,
      Encoder key) {
    this.description = description;
    this.name = description.name();
    this.states = states;
    this.codec = codec;
    this.cells = cells;
    this.table = states.table(name, cells.layout(false, states.keepsKeys()), key);
  }

  /** Gives the current key the value that a checkpoint has for it. */
  abstract void restore(V value);

  /** Takes away what the current key has, as a checkpoint says. */
  abstract void restoreDeletion();

  Table table() {
    return table;
  }

  @Override
  public StateName name() {
    return name;
  }

  @Override
  public long touch(long[] hashes, int count) {
    return table.touch(hashes, count);
  }

  @Override
  public boolean restore(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    V value = codec.decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    restore(value);
    states.leave();
    return true;
  }

  @Override
  public boolean restoreDeletion(Decoder entry) {
    if (!states.enterIfOwn(states.keys().codec().decode(entry))) {
      return false;
    }
    restoreDeletion();
    states.leave();
    return true;
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(
        description, states.keys(), table.view(open), RowsView.Parts.value(cells));
  }
}
