package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MutableState;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;

/**
 * A table of encoded objects, of which some are kept decoded so that they can be changed in place.
 * The owner's thread.
 *
 * <p>What was used since it was stored is stored before a view is taken, and when its place is
 * needed: only if it differs from what the table has, so that an object that was only read costs no
 * increment. One that is equal to the initial one is not kept, so that what a view shows depends on
 * nothing but what was done.
 */
final class TableMutableState<K, V> implements RowState<K, V>, MutableState<V> {

  private final StateName name;
  private final KeyedStates<K> states;
  private final Cells<V> cells;
  private final Table table;
  private final Rows<K, V> rows;
  private final Initial<V> initial;
  private final Encoder key = new Encoder();
  private final LiveObjects<V> live = new LiveObjects<>();
  private long foundFor;
  private int place;

  TableMutableState(
      StateDescription description, KeyedStates<K> states, Codec<V> codec, V initial) {
    this.name = description.name();
    this.states = states;
    this.cells = Cells.inBytes(codec);
    this.table = states.table(name, cells.layout(false, states.keepsKeys()), key);
    this.rows = new Rows<>(description, states, codec, cells, table);
    this.initial = new Initial<>(codec, initial);
  }

  @Override
  public V get() {
    long element = states.element(name);
    if (foundFor != element) {
      place = findPlace();
      live.use(place, element);
      foundFor = element;
    }
    return live.object(place);
  }

  private int findPlace() {
    readKey();
    boolean isLive = live.find(states.hash(), key);
    int at = live.place();
    if (!isLive) {
      store(at); // The one that is there now.
      readKey();
      V object = table.find(states.hash()) ? cells.load(table) : initial.copy();
      live.put(at, states.hash(), key, object);
      live.stored(at);
    }
    return at;
  }

  private void readKey() {
    key.clear();
    states.appendKeyIfKept(key);
  }

  @Override
  public void set(V value) {
    states.element(name);
    states.present(name, value);
    readKey();
    table.find(states.hash());
    cells.storeChanged(table, name, value, initial.encoded());
    forget();
  }

  @Override
  public void clear() {
    states.element(name);
    readKey();
    table.find(states.hash());
    table.delete();
    forget();
  }

  /** Forgets the object of the current key, so that it is what the table has. */
  private void forget() {
    readKey();
    if (live.find(states.hash(), key)) {
      live.forget(live.place());
    }
    foundFor = 0;
  }

  // Storing

  /** Stores what an element used, the last one. */
  void commit(long element) {
    if (foundFor == element) {
      store(place);
    }
  }

  /** Forgets what an element used, the last one, since the table is again what it was. */
  void undo(long element) {
    if (foundFor == element) {
      live.forget(place);
      foundFor = 0;
    }
  }

  /** Stores all that was used. Between elements. */
  void storeAll() {
    for (int at = 0; at < LiveObjects.PLACES; at++) {
      store(at);
    }
  }

  private void store(int at) {
    if (!live.isUsed(at)) {
      return;
    }
    key.clear();
    key.writeFixed(live.key(at), 0, live.key(at).length);
    table.find(live.hash(at));
    try {
      cells.storeChanged(table, name, live.object(at), initial.encoded());
    } catch (HeadraceException refused) {
      throw refused.code() == ErrorCode.VALUE_NOT_ENCODABLE ? unencodable(refused) : refused;
    }
    live.stored(at);
  }

  private HeadraceException unencodable(HeadraceException refused) {
    return new HeadraceException(
            ErrorCode.VALUE_NOT_ENCODABLE,
            name
                + " holds an object that was changed to one that cannot be stored: "
                + refused.reason(),
            refused)
        .ofOperator(name.operator());
  }

  LiveObjects<V> live() {
    return live;
  }

  @Override
  public Rows<K, V> rows() {
    return rows;
  }

  @Override
  public void restore(V value) {
    readKey();
    table.find(states.hash());
    cells.store(table, name, value);
  }

  @Override
  public void restoreDeletion() {
    clear();
  }
}
