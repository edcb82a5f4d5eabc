package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;

/** A state that has at most one row of a table for each key. The owner's thread. */
interface RowState<K, V> extends DeclaredState {

  /** The rows of a state, and what is in them. */
  record Rows<K, V>(
      StateDescription description,
      KeyedStates<K> states,
      Codec<V> codec,
      Cells<V> cells,
      Table table) {}

  /** Its rows. */
  Rows<K, V> rows();

  /** Gives the current key the value that a checkpoint has for it. */
  void restore(V value);

  /** Takes away what the current key has, as a checkpoint says. */
  void restoreDeletion();

  @Override
  default StateName name() {
    return rows().description().name();
  }

  @Override
  default long touch(long[] hashes, int count) {
    return rows().table().touch(hashes, count);
  }

  @Override
  default boolean restore(Decoder entry) {
    KeyedStates<K> states = rows().states();
    K key = states.keys().codec().decode(entry);
    V value = rows().codec().decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    restore(value);
    states.leave();
    return true;
  }

  @Override
  default boolean restoreDeletion(Decoder entry) {
    KeyedStates<K> states = rows().states();
    if (!states.enterIfOwn(states.keys().codec().decode(entry))) {
      return false;
    }
    restoreDeletion();
    states.leave();
    return true;
  }

  @Override
  default StatesView.State view(Epochs.OpenView open) {
    Rows<K, V> rows = rows();
    return new RowsView<>(
        rows.description(),
        rows.states().keys(),
        rows.table().view(open),
        RowsView.Parts.value(rows.cells()));
  }
}
