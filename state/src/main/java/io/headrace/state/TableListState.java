package io.headrace.state;

import io.headrace.api.ListState;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.MalformedDataException;
import java.util.List;
import java.util.function.Consumer;

/**
 * A list state: elements by (key, index), so that those of one key spread over the whole table
 * however many they are. An add writes two rows, a get reads two. The owner's thread.
 */
final class TableListState<K, V> implements ListState<V>, DeclaredState {

  private final StateDescription description;
  private final StateName name;
  private final KeyedStates<K> states;
  private final Codec<V> codec;
  private final IndexedRows<K, V> rows;
  private long changes;

  TableListState(StateDescription description, KeyedStates<K> states, Codec<V> codec) {
    this.description = description;
    this.name = description.name();
    this.states = states;
    this.codec = codec;
    this.rows = IndexedRows.shown(name, states, codec);
  }

  @Override
  public void add(V value) {
    states.element(name);
    states.present(name, value);
    changes++;
    rows.resize(rows.reserve(value) + 1);
  }

  @Override
  public void addAll(List<? extends V> values) {
    states.element(name);
    values.forEach(this::add);
  }

  @Override
  public V get(int index) {
    int size = size();
    if (index < 0 || index >= size) {
      throw new IndexOutOfBoundsException(
          name + " has no element " + index + ": its list of the current key has " + size + ".");
    }
    return rows.get(index);
  }

  @Override
  public int size() {
    states.element(name);
    return Math.toIntExact(rows.size());
  }

  @Override
  public void forEach(Consumer<? super V> action) {
    int size = size();
    long before = changes;
    for (long index = 0; index < size; index++) {
      action.accept(rows.get(index));
      if (changes != before) {
        throw name.changedMeanwhile();
      }
    }
  }

  @Override
  public void update(List<? extends V> values) {
    int kept = Math.min(size(), values.size());
    changes++;
    int index = 0;
    for (V value : values) {
      if (index < kept) {
        states.present(name, value);
        rows.find(index);
        rows.store(value);
      } else {
        add(value);
      }
      index++;
    }
    shrinkTo(index);
  }

  @Override
  public void clear() {
    states.element(name);
    shrinkTo(0);
  }

  private void shrinkTo(long size) {
    changes++;
    for (long last = rows.size() - 1; last >= size; last--) {
      rows.find(last);
      rows.delete();
      rows.size();
      rows.resize(last);
    }
  }

  // Snapshots

  @Override
  public StateName name() {
    return name;
  }

  @Override
  public long touch(long[] hashes, int count) {
    return rows.touch(hashes, count);
  }

  Table values() {
    return rows.values();
  }

  @Override
  public boolean restore(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    long index = index(entry);
    V value = codec.decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    boolean isNew = !rows.find(index);
    rows.store(value);
    if (isNew) {
      rows.resize(rows.size() + 1);
    }
    states.leave();
    return true;
  }

  @Override
  public boolean restoreDeletion(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    long index = index(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    if (rows.find(index)) {
      rows.delete();
      rows.resize(rows.size() - 1);
    }
    states.leave();
    return true;
  }

  private static long index(Decoder entry) {
    long index = entry.readLong();
    if (index < 0) {
      throw new MalformedDataException("The index of an entry of a list is " + index + ".");
    }
    return index;
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(description, states.keys(), values().view(open), new Parts());
  }

  private final class Parts implements RowsView.Parts {

    @Override
    public void writePath(Segment segment, int row, Encoder entry) {
      entry.writeLong(IndexedRows.indexOf(segment, row));
    }

    @Override
    public void writeValue(Segment segment, int row, Encoder entry) {
      rows.write(segment, row, entry);
    }
  }
}
