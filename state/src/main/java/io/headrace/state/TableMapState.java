package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MapState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.MalformedDataException;
import io.headrace.codec.Schema;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map state in three tables: entries by (key, map key), map keys by (key, index), sizes by key.
 * The owner's thread.
 *
 * <p>Rows of pairs are hashed by both parts, so that the entries of one key spread over the whole
 * table however many they are. A get, a contains and a put of a map key that is there look up one
 * row; a size one; a put of a new map key three; a remove up to eight; a clear three for each
 * entry, and forEach two.
 *
 * <p>Only entries are part of views, and are copied when a view shows them; the other tables follow
 * from the index that each entry carries, and are made anew by a restore.
 */
final class TableMapState<K, M, V> implements MapState<M, V>, DeclaredState {

  private final StateName name;
  private final KeyedStates<K> states;
  private final KeyCodec<M> mapKeys;
  private final Codec<V> codec;
  private final Schema entrySchema;
  private final Encoder entryPath = new Encoder();
  private final Encoder orderPath = new Encoder();
  private final Cells<V> values;
  private final Cells<M> placed;

  /** The value's first word is the entry's index. */
  private final Table entries;

  private final Table order;

  /** The value's only word is the size. */
  private final Table sizes;

  private long changes;

  TableMapState(
      StateName name,
      KeyedStates<K> states,
      KeyCodec<M> mapKeys,
      Codec<V> codec,
      Schema entrySchema) {
    this.name = name;
    this.states = states;
    this.mapKeys = mapKeys;
    this.codec = codec;
    this.entrySchema = entrySchema;
    this.values = new Cells<>(codec, 1);
    this.placed = new Cells<>(mapKeys.codec(), 0);
    boolean keepsKey = !states.keys().isHashInvertible();
    boolean keepsPath = keepsKey || !mapKeys.isHashInvertible();
    this.entries = states.pairTable(name, values.layout(true, keepsPath), entryPath);
    this.order = states.indexTable(name, placed.layout(true, keepsKey), orderPath);
    this.sizes = states.sizeTable(name, new RowLayout(false, keepsKey, 1, false));
  }

  // Rows

  /** The hash of a pair: invertible for a given key, so that hashes tell its parts apart. */
  private long together(long hash) {
    return Hash.mix(states.hash() + Long.rotateLeft(hash, Integer.SIZE));
  }

  private long apart(long pairHash, long keyHash) {
    return Long.rotateLeft(Hash.unmix(pairHash) - keyHash, Integer.SIZE);
  }

  private boolean findEntry(M mapKey) {
    entryPath.clear();
    states.appendKeyIfKept(entryPath);
    if (!mapKeys.isHashInvertible()) {
      mapKeys.codec().encode(mapKey, entryPath);
    }
    return entries.find(together(mapKeys.hash(mapKey)), states.hash());
  }

  private boolean findPlace(long index) {
    orderPath.clear();
    states.appendKeyIfKept(orderPath);
    return order.find(together(Hash.mix(index)), states.hash());
  }

  private M mapKeyAt(long index) {
    if (!findPlace(index)) {
      throw lost(index);
    }
    return placed.load(order);
  }

  private HeadraceException lost(long index) {
    return new HeadraceException(
            ErrorCode.INTERNAL,
            name + " has no entry at index " + index + " of " + findSize() + " of a key.")
        .ofOperator(name.operator());
  }

  private long findSize() {
    states.encodeKeyIfKept();
    return sizes.find(states.hash()) ? sizes.words()[sizes.valueAt()] : 0;
  }

  /** Sets the size of the key that {@link #findSize} looked for. */
  private void resize(long size) {
    if (size == 0) {
      sizes.delete();
    } else {
      sizes.write();
      sizes.words()[sizes.valueAt()] = size;
    }
  }

  private long index() {
    return entries.words()[entries.valueAt()];
  }

  private void index(long index) {
    entries.words()[entries.valueAt()] = index;
  }

  // Maps

  private boolean find(M mapKey) {
    states.element(name);
    return findEntry(states.present(name, mapKey));
  }

  @Override
  public Optional<V> get(M mapKey) {
    return find(mapKey) ? Optional.of(values.load(entries)) : Optional.empty();
  }

  @Override
  public V getOrDefault(M mapKey, V otherwise) {
    return find(mapKey) ? values.load(entries) : otherwise;
  }

  @Override
  public boolean contains(M mapKey) {
    return find(mapKey);
  }

  @Override
  public void put(M mapKey, V value) {
    states.present(name, value);
    changes++;
    if (find(mapKey)) {
      values.store(entries, name, value);
      return;
    }
    // What may run out of memory comes first, and means nothing without the entry.
    long size = findSize();
    sizes.write();
    sizes.words()[sizes.valueAt()] = size;
    findPlace(size);
    placed.store(order, name, mapKey);
    values.store(entries, name, value);
    index(size);
    resize(size + 1);
  }

  @Override
  public void remove(M mapKey) {
    if (!find(mapKey)) {
      return;
    }
    changes++;
    long index = index();
    long last = findSize() - 1;
    M moved = mapKeyAt(last);
    if (index == last) {
      entries.delete();
    } else {
      replaceBy(moved, mapKey, index);
    }
    findPlace(last);
    order.delete();
    resize(last);
  }

  /** Puts the last entry in the place of another. */
  private void replaceBy(M moved, M removed, long index) {
    // Again first what may run out of memory: to write to a segment may copy it.
    findEntry(moved);
    entries.write();
    findEntry(removed);
    entries.write();
    findPlace(index);
    placed.store(order, name, moved);
    entries.delete();
    findEntry(moved);
    index(index);
  }

  @Override
  public int size() {
    states.element(name);
    return Math.toIntExact(findSize());
  }

  @Override
  public void forEach(BiConsumer<? super M, ? super V> action) {
    long size = size();
    long before = changes;
    for (long index = 0; index < size; index++) {
      M mapKey = mapKeyAt(index);
      if (!findEntry(mapKey)) {
        throw lost(index);
      }
      action.accept(mapKey, values.load(entries));
      if (changes != before) {
        throw new ConcurrentModificationException(
            name
                + " was changed by what forEach called. Collect what is to be changed, and change"
                + " it after forEach.");
      }
    }
  }

  @Override
  public void clear() {
    changes++;
    for (long last = size() - 1L; last >= 0; last--) {
      findEntry(mapKeyAt(last));
      entries.delete();
      order.delete();
      findSize();
      resize(last);
    }
  }

  // Snapshots

  @Override
  public StateName name() {
    return name;
  }

  @Override
  public long touch(long[] hashes, int count) {
    return sizes.touch(hashes, count); // Rows of pairs are found by more than the key.
  }

  Table entries() {
    return entries;
  }

  @Override
  public boolean restore(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    M mapKey = mapKeys.codec().decode(entry);
    long index = entry.readLong();
    V value = codec.decode(entry);
    if (index < 0) {
      throw new MalformedDataException("The index of an entry of a map is " + index + ".");
    }
    if (!states.enterIfOwn(key)) {
      return false;
    }
    unplace(mapKey);
    place(mapKey, index, value);
    states.leave();
    return true;
  }

  @Override
  public boolean restoreDeletion(Decoder entry) {
    K key = states.keys().codec().decode(entry);
    M mapKey = mapKeys.codec().decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    unplace(mapKey);
    states.leave();
    return true;
  }

  /**
   * Forgets an entry. Its place is kept if another entry was put there: entries come in any order,
   * and only in the end have one each.
   */
  private void unplace(M mapKey) {
    if (findEntry(mapKey)) {
      if (findPlace(index()) && placed.load(order).equals(mapKey)) {
        order.delete();
      }
      entries.delete();
      resize(findSize() - 1);
    }
  }

  private void place(M mapKey, long index, V value) {
    findEntry(mapKey);
    values.store(entries, name, value);
    index(index);
    findPlace(index);
    placed.store(order, name, mapKey);
    resize(findSize() + 1);
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new View(entries.view(open));
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
      return StateDeclaration.Kind.MAP;
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
      rows.forEachDeletion((segment, row) -> writeKeys(segment, row, out));
    }

    private void write(Segment segment, int row, EntryWriter out) throws IOException {
      Encoder entry = writeKeys(segment, row, out);
      entry.writeLong(segment.words[row + segment.layout.valueAt()]);
      values.write(segment, row, entry);
    }

    private Encoder writeKeys(Segment segment, int row, EntryWriter out) throws IOException {
      long keyHash = segment.words[row + RowLayout.KEY_HASH];
      Encoder entry = out.entry(keyHash);
      if (states.keys().isHashInvertible()) {
        states.keys().codec().encode(states.keys().fromHash(keyHash), entry);
      }
      if (segment.layout.hasKeyBytes()) {
        segment.writeKey(row, entry);
      }
      if (mapKeys.isHashInvertible()) {
        long mapKeyHash = apart(segment.words[row + RowLayout.HASH], keyHash);
        mapKeys.codec().encode(mapKeys.fromHash(mapKeyHash), entry);
      }
      return entry;
    }
  }
}
