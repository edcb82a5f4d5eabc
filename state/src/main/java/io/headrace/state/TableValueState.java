package io.headrace.state;

import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Schema;
import java.io.IOException;

/**
 * A value state in a table. The first get, set or clear of an element looks its key up; the others
 * do not. The owner's thread.
 */
final class TableValueState<K, V> implements ValueState<V>, DeclaredState {

  private final StateName name;
  private final KeyedStates<K> states;
  private final Codec<V> codec;
  private final Initial<V> initial;
  private final Schema entrySchema;
  private final Cells<V> cells;
  private final Table table;
  private long foundFor;
  private boolean isThere;

  TableValueState(
      StateName name, KeyedStates<K> states, Codec<V> codec, V initial, Schema entrySchema) {
    this.name = name;
    this.states = states;
    this.codec = codec;
    this.initial = new Initial<>(codec, initial);
    this.entrySchema = entrySchema;
    this.cells = new Cells<>(codec, 0);
    this.table = states.table(name, cells.layout(false, !states.keys().isHashInvertible()));
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
    return new View(table.view(open));
  }

  private final class View implements StatesView.State {

    private final TableView rows;

    View(TableView rows) {
      this.rows = rows;
    }

    @Override
    public String name() {
      return name.state();
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
      rows.forEach((segment, row) -> write(segment, row, out));
    }

    @Override
    public void writeChangesTo(EntryWriter out) throws IOException {
      rows.forEachChange((segment, row) -> write(segment, row, out));
    }

    @Override
    public void writeDeletionsTo(EntryWriter out) throws IOException {
      rows.forEachDeletion((segment, row) -> writeKey(segment, row, out));
    }

    private void write(Segment segment, int row, EntryWriter out) throws IOException {
      cells.write(segment, row, writeKey(segment, row, out));
    }

    private Encoder writeKey(Segment segment, int row, EntryWriter out) throws IOException {
      long hash = segment.words[row + RowLayout.HASH];
      Encoder entry = out.entry(hash);
      if (states.keys().isHashInvertible()) {
        states.keys().codec().encode(states.keys().fromHash(hash), entry);
      } else {
        segment.writeKey(row, entry);
      }
      return entry;
    }
  }
}
