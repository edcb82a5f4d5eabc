package io.headrace.state;

import io.headrace.api.MapState;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.MalformedDataException;
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

  private final StateDescription description;
  private final StateName name;
  private final KeyedStates<K> states;
  private final KeyCodec<M> mapKeys;
  private final Codec<V> codec;
  private final Encoder path = new Encoder();
  private final Cells<V> values;

  /** The value's first word is the entry's index. */
  private final Table entries;

  /** The map keys by index. */
  private final IndexedRows<K, M> order;

  private final String mapKeyInWords;
  private long changes;

  TableMapState(
      StateDescription description, KeyedStates<K> states, KeyCodec<M> mapKeys, Codec<V> codec) {
    this.description = description;
    this.name = description.name();
    this.mapKeyInWords =
        "A map key of state \"%s\" of operator \"%s\"".formatted(name.state(), name.operator());
    this.states = states;
    this.mapKeys = mapKeys;
    this.codec = codec;
    this.values = new Cells<>(codec, 1);
    boolean keepsPath = states.keepsKeys() || !mapKeys.isHashInvertible();
    this.entries = states.table(name, values.layout(true, keepsPath), path);
    this.order = IndexedRows.hidden(name, states, mapKeys.codec());
  }

  // Rows

  private boolean findEntry(M mapKey) {
    path.clear();
    states.appendKeyIfKept(path);
    if (!mapKeys.isHashInvertible()) {
      int before = path.size();
      mapKeys.codec().encode(mapKey, path);
      states.checkKeySize(mapKeyInWords, path.size() - before);
    }
    return entries.find(PairHash.of(states.hash(), mapKeys.hash(mapKey)), states.hash());
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
    long index = order.reserve(mapKey);
    values.store(entries, name, value);
    index(index);
    order.resize(index + 1);
  }

  @Override
  public void remove(M mapKey) {
    if (!find(mapKey)) {
      return;
    }
    changes++;
    long index = index();
    long last = order.size() - 1;
    M moved = order.get(last);
    if (index == last) {
      entries.delete();
    } else {
      replaceBy(moved, mapKey, index);
    }
    order.find(last);
    order.delete();
    order.resize(last);
  }

  /** Puts the last entry in the place of another. */
  private void replaceBy(M moved, M removed, long index) {
    // Again first what may run out of memory: to write to a segment may copy it, and to look for an
    // entry may have to encode its key.
    findEntry(moved);
    entries.write();
    long[] wordsOfMoved = entries.words();
    int indexOfMoved = entries.valueAt();
    findEntry(removed);
    entries.write();
    order.find(index);
    order.store(moved);
    entries.delete();
    wordsOfMoved[indexOfMoved] = index;
  }

  @Override
  public int size() {
    states.element(name);
    return Math.toIntExact(order.size());
  }

  @Override
  public void forEach(BiConsumer<? super M, ? super V> action) {
    long size = size();
    long before = changes;
    for (long index = 0; index < size; index++) {
      M mapKey = order.get(index);
      if (!findEntry(mapKey)) {
        throw order.lost(index);
      }
      action.accept(mapKey, values.load(entries));
      if (changes != before) {
        throw name.changedMeanwhile();
      }
    }
  }

  @Override
  public void clear() {
    changes++;
    for (long last = size() - 1L; last >= 0; last--) {
      findEntry(order.get(last));
      entries.delete();
      order.delete();
      order.size();
      order.resize(last);
    }
  }

  // Snapshots

  @Override
  public StateName name() {
    return name;
  }

  @Override
  public long touch(long[] hashes, int count) {
    return order.touch(hashes, count);
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
      if (order.find(index()) && order.load().equals(mapKey)) {
        order.delete();
      }
      entries.delete();
      order.resize(order.size() - 1);
    }
  }

  private void place(M mapKey, long index, V value) {
    findEntry(mapKey);
    values.store(entries, name, value);
    index(index);
    order.find(index);
    order.store(mapKey);
    order.resize(order.size() + 1);
  }

  @Override
  public StatesView.State view(Epochs.OpenView open) {
    return new RowsView<>(description, states.keys(), entries.view(open), new Parts());
  }

  private final class Parts implements RowsView.Parts {

    @Override
    public void writePath(Segment segment, int row, Encoder entry) {
      if (mapKeys.isHashInvertible()) {
        long[] words = segment.words;
        long pair = words[row + RowLayout.HASH];
        long mapKeyHash = PairHash.part(pair, words[row + segment.layout.keyHashAt()]);
        mapKeys.codec().encode(mapKeys.fromHash(mapKeyHash), entry);
      }
    }

    @Override
    public void writeValue(Segment segment, int row, Encoder entry) {
      entry.writeLong(segment.words[row + segment.layout.valueAt()]);
      values.write(segment, row, entry);
    }
  }
}
