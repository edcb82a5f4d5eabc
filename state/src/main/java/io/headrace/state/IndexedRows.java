package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;

/**
 * A list for each key in two tables: values by (key, index), sizes by key. The owner's thread.
 *
 * <p>Sizes are part of no view: they are counted anew when values are restored.
 */
final class IndexedRows<K, V> {

  private final StateName name;
  private final KeyedStates<K> states;
  private final Cells<V> cells;
  private final Encoder path;
  private final Table values;

  /** The value's only word is the size. */
  private final Table sizes;

  private IndexedRows(
      StateName name, KeyedStates<K> states, Cells<V> cells, Encoder path, Table values) {
    this.name = name;
    this.states = states;
    this.cells = cells;
    this.path = path;
    this.values = values;
    this.sizes = states.sizeTable(name, new RowLayout(false, states.keepsKeys(), 1, false));
  }

  /** Lists whose values views show. */
  static <K, V> IndexedRows<K, V> shown(StateName name, KeyedStates<K> states, Codec<V> codec) {
    Cells<V> cells = new Cells<>(codec, 0);
    Encoder path = new Encoder();
    Table values = states.table(name, cells.layout(true, states.keepsKeys()), path);
    return new IndexedRows<>(name, states, cells, path, values);
  }

  /** Lists that no view shows. */
  static <K, V> IndexedRows<K, V> hidden(StateName name, KeyedStates<K> states, Codec<V> codec) {
    Cells<V> cells = new Cells<>(codec, 0);
    Encoder path = new Encoder();
    Table values = states.indexTable(name, cells.layout(true, states.keepsKeys()), path);
    return new IndexedRows<>(name, states, cells, path, values);
  }

  /** The size of the current key's list. */
  long size() {
    states.encodeKeyIfKept();
    return sizes.find(states.hash()) ? sizes.words()[sizes.valueAt()] : 0;
  }

  /** Sets the size of the key that {@link #size} looked for. */
  void resize(long size) {
    if (size == 0) {
      sizes.delete();
    } else {
      sizes.write();
      sizes.words()[sizes.valueAt()] = size;
    }
  }

  /** Looks for the value at a place. Returns whether there is one. */
  boolean find(long index) {
    path.clear();
    states.appendKeyIfKept(path);
    return values.find(PairHash.of(states.hash(), Hash.mix(index)), states.hash());
  }

  /** The value at a place that {@link #size} includes. */
  V get(long index) {
    if (!find(index)) {
      throw lost(index);
    }
    return load();
  }

  HeadraceException lost(long index) {
    return new HeadraceException(
            ErrorCode.INTERNAL,
            name + " has no entry at index " + index + " of " + size() + " of a key.")
        .ofOperator(name.operator());
  }

  /** The value that was found. */
  V load() {
    return cells.load(values);
  }

  /** Sets the value that was looked for, found or not. */
  void store(V value) {
    cells.store(values, name, value);
  }

  /** Deletes the value that was found, if it is there. */
  void delete() {
    values.delete();
  }

  /**
   * Puts a value behind the last, where it does not count before {@link #resize}, which then needs
   * no more memory. Returns its index.
   */
  long reserve(V value) {
    long size = size();
    sizes.write();
    sizes.words()[sizes.valueAt()] = size;
    find(size);
    store(value);
    return size;
  }

  // Snapshots

  long touch(long[] hashes, int count) {
    return sizes.touch(hashes, count); // Rows of pairs are found by more than the key.
  }

  Table values() {
    return values;
  }

  /** The index that the row of a view belongs to. */
  static long indexOf(Segment segment, int row) {
    long[] words = segment.words;
    return Hash.unmix(
        PairHash.part(words[row + RowLayout.HASH], words[row + segment.layout.keyHashAt()]));
  }

  /** Appends the value in a row of a view, on the thread that reads the view. */
  void write(Segment segment, int row, Encoder out) {
    cells.write(segment, row, out);
  }
}
