package io.headrace.state;

import io.headrace.api.MapState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.Hash;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Schema;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map state in tables: entries by (key, map key), the order of each key's entries by (key,
 * index), and the sizes by key.
 *
 * <p>Rows of these tables are hashed by all that identifies them, so that the entries of one key
 * spread over the whole table however many they are: get, put and remove take constant time. Only
 * entries are part of views; order and sizes follow from the index that each entry carries.
 */
final class TableMapState<K, M, V> implements MapState<M, V>, DeclaredState {

  private static final int KEY_HASH = 0;
  private static final int INDEX = 1;

  private final String name;
  private final KeyedStates<K> states;
  private final KeyCodec<M> mapKeys;
  private final Codec<V> codec;
  private final Schema entrySchema;
  private final Cells<V> entries;
  private final Cells<M> order;
  private final Cells<Long> sizes;
  private final Encoder path = new Encoder();
  private final Encoder indexPath = new Encoder();

  TableMapState(
      String name, KeyedStates<K> states, KeyCodec<M> mapKeys, Codec<V> codec, Schema schema) {
    this.name = name;
    this.states = states;
    this.mapKeys = mapKeys;
    this.codec = codec;
    this.entrySchema = schema;
    Cells.TableOptions options = states.optionsOf(name);
    Cells.TableOptions whole =
        new Cells.TableOptions(options.name(), HashRange.ALL, options.budget(), options.salt());
    this.entries = new Cells<>(whole, codec, 2, true);
    this.order = new Cells<>(whole, mapKeys.codec(), 0, true);
    this.sizes = new Cells<>(options, LongCodec.INSTANCE, 0, true);
  }

  private boolean find(M mapKey) {
    states.element(name);
    Objects.requireNonNull(mapKey, "a map key must not be null");
    path.clear();
    states.keys().codec().encode(states.key(), path);
    mapKeys.codec().encode(mapKey, path);
    return entries.find(together(mapKeys.hash(mapKey)), path);
  }

  private boolean findAt(long index) {
    indexPath.clear();
    states.keys().codec().encode(states.key(), indexPath);
    indexPath.writeLong(index);
    return order.find(together(Hash.mix(index)), indexPath);
  }

  private long together(long hash) {
    return Hash.mix(states.hash() + Long.rotateLeft(hash, 32));
  }

  private boolean findSize() {
    return sizes.find(states.hash(), states.encodedKey());
  }

  @Override
  public Optional<V> get(M mapKey) {
    return find(mapKey) ? Optional.of(entries.load()) : Optional.empty();
  }

  @Override
  public boolean contains(M mapKey) {
    return find(mapKey);
  }

  @Override
  public void put(M mapKey, V value) {
    Objects.requireNonNull(value, "a map has no null value: remove the key, or use Optional");
    boolean isNew = !find(mapKey);
    entries.store(value);
    if (isNew) {
      long index = size();
      entries.extra(KEY_HASH, states.hash());
      entries.extra(INDEX, index);
      place(mapKey, index);
    }
  }

  /** Puts a map key at the end of the order. */
  private void place(M mapKey, long index) {
    findAt(index);
    order.store(mapKey);
    findSize();
    sizes.store(index + 1);
  }

  @Override
  public void remove(M mapKey) {
    if (!find(mapKey)) {
      return;
    }
    long index = entries.extra(INDEX);
    entries.delete();
    long last = size() - 1L;
    findAt(last);
    M moved = order.load();
    order.delete();
    if (index != last) {
      findAt(index);
      order.store(moved);
      find(moved);
      entries.changeExtra(INDEX, index);
    }
    findSize();
    if (last == 0) {
      sizes.delete();
    } else {
      sizes.store(last);
    }
  }

  @Override
  public int size() {
    states.element(name);
    return findSize() ? Math.toIntExact(sizes.load()) : 0;
  }

  @Override
  public void forEach(BiConsumer<? super M, ? super V> action) {
    int size = size();
    for (int index = 0; index < size; index++) {
      findAt(index);
      M mapKey = order.load();
      find(mapKey);
      action.accept(mapKey, entries.load());
    }
  }

  @Override
  public void clear() {
    for (int index = size() - 1; index >= 0; index--) {
      findAt(index);
      M mapKey = order.load();
      order.delete();
      find(mapKey);
      entries.delete();
    }
    findSize();
    sizes.delete();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Table table() {
    return entries.table();
  }

  @Override
  public boolean restore(Decoder entry) {
    long index = entry.readLong();
    K key = states.keys().codec().decode(entry);
    M mapKey = mapKeys.codec().decode(entry);
    V value = codec.decode(entry);
    if (!states.enterIfOwn(key)) {
      return false;
    }
    find(mapKey);
    entries.store(value);
    entries.extra(KEY_HASH, states.hash());
    entries.extra(INDEX, index);
    findAt(index);
    order.store(mapKey);
    long size = Math.max(size(), index + 1);
    findSize();
    sizes.store(size);
    states.leave();
    return true;
  }

  @Override
  public StatesView.State show(TableView view) {
    return new View(view);
  }

  private final class View implements StatesView.State {

    private final TableView view;

    View(TableView view) {
      this.view = view;
    }

    @Override
    public String name() {
      return name;
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
      view.forEach(
          (segment, row, isDeleted) -> {
            int value = row + RowLayout.VALUE;
            Encoder entry = out.entry(segment.words[value + KEY_HASH]);
            entry.writeLong(segment.words[value + INDEX]);
            entries.write(segment, row, entry);
          });
    }
  }
}
