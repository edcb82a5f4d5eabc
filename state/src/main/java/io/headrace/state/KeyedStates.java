package io.headrace.state;

import io.headrace.api.AggregatingState;
import io.headrace.api.Aggregation;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Invariant;
import io.headrace.api.ListState;
import io.headrace.api.MapState;
import io.headrace.api.MutableState;
import io.headrace.api.ReduceFunction;
import io.headrace.api.ReducingState;
import io.headrace.api.Service;
import io.headrace.api.States;
import io.headrace.api.TimeDomain;
import io.headrace.api.TimerService;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keyed state of one operator in one task.
 *
 * <p>Order of calls: declarations ({@link States}), {@link #seal}, {@link #restore} for each entry
 * of a checkpoint, then for each batch {@link #begin}, for each element {@link #enter} and, after
 * the last, {@link #leave}; {@link #view} and {@link #coveredUpTo} between batches. Of an {@link
 * #undoable} operator each element is ended by {@link #commit} or {@link #undo}. One thread at a
 * time, but for the views.
 *
 * @param <K> the type of the keys
 */
public final class KeyedStates<K> implements States {

  /** A key stands in every row of its states. */
  static final int MOST_KEY_BYTES = 1 << 20;

  private final String operator;
  private final KeyCodec<K> keys;
  private final TaskShare share;
  private final DeclaredStates declared;
  private final List<DeclaredState> states;
  private final List<TableMutableState<K, ?>> mutable = new ArrayList<>();
  private final List<Table> viewed = new ArrayList<>();
  private @Nullable TableTimers<K> timers;

  /** The epochs of what is part of views. */
  private final Epochs epochs = new Epochs();

  /** The bytes of the current key; none where hashes tell keys apart. */
  private final Encoder keyBytes = new Encoder();

  private final boolean isUndoable;
  private final Journal journal;
  private final String keyInWords;
  private final boolean keepsKeys;
  private final boolean keysMayChange;
  private boolean isInside;
  private boolean isKeyEncoded;
  private long element;
  private long hash;
  private int indexInBatch;
  private Object[] keysOfBatch = {};
  private long[] hashesOfBatch = {};

  /** Written so that the loads of {@link #begin} are not optimized away. */
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /**
   * State without declarations.
   *
   * @param operator the operator's name, for errors
   * @param share what the task may use
   */
  public KeyedStates(String operator, KeyCodec<K> keys, TaskShare share) {
    this(operator, keys, share, false);
  }

  private KeyedStates(String operator, KeyCodec<K> keys, TaskShare share, boolean isUndoable) {
    this.operator = operator;
    this.keyInWords = "A key of operator \"" + operator + "\"";
    this.isUndoable = isUndoable;
    this.journal = new Journal(share.budget());
    this.keys = keys;
    this.declared = new DeclaredStates(operator, keys.codec().type());
    this.states = declared.all();
    this.share = share;
    this.keepsKeys = !keys.isHashInvertible();
    this.keysMayChange = !keys.codec().isImmutable();
  }

  /**
   * State without declarations, of an operator whose elements can be undone: each that is entered
   * must be ended by {@link #commit} or {@link #undo}.
   *
   * @param operator the operator's name, for errors
   * @param share what the task may use
   */
  public static <K> KeyedStates<K> undoable(String operator, KeyCodec<K> keys, TaskShare share) {
    return new KeyedStates<>(operator, keys, share, true);
  }

  // Declarations

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    StateDescription described = declared.describe(name, StateDeclaration.Kind.VALUE, type.type());
    present(described.name(), initial);
    Codec<V> codec = Codecs.of(type);
    ValueTable<K, V> values = declared.add(new ValueTable<>(described, this, codec));
    return new TableValueState<>(values, new Initial<>(codec, initial));
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    StateDescription described =
        declared.describe(name, StateDeclaration.Kind.MAP, mapKeyType.type(), valueType.type());
    KeyCodec<M> mapKeys = Codecs.keyOf(mapKeyType.type());
    return declared.add(new TableMapState<>(described, this, mapKeys, Codecs.of(valueType)));
  }

  @Override
  public <V> ListState<V> list(String name, TypeToken<V> type) {
    StateDescription described = declared.describe(name, StateDeclaration.Kind.LIST, type.type());
    return declared.add(new TableListState<>(described, this, Codecs.of(type)));
  }

  @Override
  public <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function) {
    StateDescription described =
        declared.describe(name, StateDeclaration.Kind.REDUCING, type.type());
    ValueTable<K, V> values = declared.add(new ValueTable<>(described, this, Codecs.of(type)));
    return new TableReducingState<>(values, function);
  }

  @Override
  public <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    StateDescription described =
        declared.describe(name, StateDeclaration.Kind.AGGREGATING, accumulatorType.type());
    ValueTable<K, A> values =
        declared.add(new ValueTable<>(described, this, Codecs.of(accumulatorType)));
    return new TableAggregatingState<>(values, aggregation);
  }

  @Override
  public <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial) {
    StateDescription described = declared.describe(name, StateDeclaration.Kind.VALUE, type.type());
    present(described.name(), initial);
    TableMutableState<K, V> state =
        declared.add(new TableMutableState<>(described, this, Codecs.mutable(type), initial));
    mutable.add(state);
    return state;
  }

  /** There are none: who has services does not ask here. */
  @Override
  public <S> Service<S> service(Class<S> type) {
    throw new UnsupportedOperationException("keyed state has no service of " + type.getName());
  }

  @Override
  public TimerService timers() {
    if (timers == null) {
      timers =
          declared.add(new TableTimers<>(declared.describe(StateDeclaration.TIMERS), this, share));
    }
    return timers;
  }

  /** What was declared, in the order of the declarations. */
  public List<StateDeclaration> declarations() {
    return declared.declarations();
  }

  /** Ends the declarations. */
  public void seal() {
    declared.seal();
  }

  /** The names of the states, in the order of their declaration. */
  public List<String> names() {
    return declared.names();
  }

  // Tables

  /** Where the current key is encoded: see {@link #encodeKeyIfKept}. */
  Encoder keyBytes() {
    return keyBytes;
  }

  /** A table of rows found by what else is encoded, which views show. */
  Table table(StateName state, RowLayout layout, Encoder rowKey) {
    return tableOf(state, layout, rowKey, epochs);
  }

  /** A table that no view shows, of rows found by the current key. */
  Table sizeTable(StateName state, RowLayout layout) {
    return tableOf(state, layout, keyBytes, new Epochs());
  }

  /** A table that no view shows, of rows found by the current key and a path within it. */
  Table indexTable(StateName state, RowLayout layout, Encoder path) {
    return tableOf(state, layout, path, new Epochs());
  }

  private Table tableOf(StateName state, RowLayout layout, Encoder rowKey, Epochs itsEpochs) {
    // Pairs have hashes of their own, which do not stay in the range of the key's.
    HashRange range = layout.isPair() ? HashRange.ALL : share.range();
    SegmentPool pool = new SegmentPool(state, layout, share.budget(), itsEpochs);
    Table table = new Table(new Hashing(range, share.salt()), rowKey, pool, journal);
    if (itsEpochs == epochs) {
      viewed.add(table);
    }
    return table;
  }

  // Elements

  /**
   * Begins a batch, and loads what its elements will need, so that cache misses overlap.
   *
   * @param batchKeys the keys of its elements, from 0 to {@code count}; not changed until the next
   *     batch begins
   * @param batchHashes their hashes, which must be in the task's range; not changed either
   */
  public void begin(Object[] batchKeys, long[] batchHashes, int count) {
    keysOfBatch = batchKeys;
    hashesOfBatch = batchHashes;
    long sum = 0;
    for (int i = 0; i < states.size(); i++) {
      sum += states.get(i).touch(batchHashes, count);
    }
    touched = sum;
  }

  /**
   * Whether the next batch had better wait until the view under way has been read: what it writes
   * would be copied, and there may be no memory for the copies. A view that is closed gives back
   * what it took.
   *
   * @param elements how many elements the batch has
   */
  public boolean shouldWait(int elements) {
    if (!epochs.hasOpen()) {
      return false;
    }
    long copies = 0;
    for (int i = 0; i < viewed.size(); i++) {
      copies += viewed.get(i).copiedBy(elements);
    }
    return copies > share.budget().left();
  }

  /**
   * Begins an element of the batch: from now on, state is that of its key.
   *
   * @param index its index in the batch
   */
  public void enter(int index) {
    if (isUndoable) {
      assert !journal.isPending() : "the element before was neither committed nor undone";
      journal.begin();
    }
    locate(index);
  }

  private void locate(int index) {
    assert share.range().contains(hashesOfBatch[index]) : "a key of another task";
    hash = hashesOfBatch[index];
    indexInBatch = index; // Not the key: a reference stored for each element costs a write barrier.
    element++;
    isInside = true;
    isKeyEncoded = false;
    if (keysMayChange) {
      encodeKeyIfKept();
    }
  }

  /** What fires the timers that were declared; empty if none were. */
  public Optional<Firing<K>> firing() {
    return Optional.ofNullable(timers).map(its -> new Firing<>(this, its));
  }

  /**
   * Begins the element of the earliest timer. Returns whether it was still there.
   *
   * @param key an array of one, and so is {@code keyHash}
   */
  boolean enter(TableTimers<K> of, TimeDomain domain, Object[] key, long[] keyHash) {
    begin(key, keyHash, 1);
    locate(0);
    if (!of.remove(domain)) { // What is undone is what it does, not that it fired.
      leave();
      return false;
    }
    if (isUndoable) {
      journal.begin();
    }
    return true;
  }

  /** The current key. */
  Object currentKey() {
    return keysOfBatch[indexInBatch];
  }

  /** Ends the last element: state cannot be used until the next. May be called more than once. */
  public void leave() {
    isInside = false;
  }

  /**
   * Ends an element of an undoable operator: what it wrote stays.
   *
   * @throws io.headrace.api.HeadraceException when an object that it changed in place cannot be
   *     stored; then the element can still be undone
   */
  public void commit() {
    for (int i = 0; i < mutable.size(); i++) { // Without a lambda, which would be one an element.
      mutable.get(i).commit(element);
    }
    leave();
    journal.commit();
  }

  /**
   * Ends an element of an undoable operator as if it had never come: values, objects, maps with
   * their order, and lists of its key are what they were when it was entered. A later view may tell
   * as changed what is as it was before.
   */
  public void undo() {
    Invariant.check(isUndoable, "an element of %s was undone, which is not undoable", operator);
    journal.undo();
    mutable.forEach(each -> each.undo(element));
    leave();
  }

  boolean isUndoable() {
    return isUndoable;
  }

  /** A number that only the current element has; throws where there is none. */
  long element(StateName state) {
    if (!isInside) {
      throw state.outOfScope();
    }
    return element;
  }

  /** A value that a user gave, unless it is null. */
  <V> V present(StateName state, V value) {
    if (value == null) {
      throw new HeadraceException(
              ErrorCode.VALUE_NOT_ENCODABLE,
              state + " was given a null. Clear it, remove the map key, or declare an Optional.")
          .ofOperator(state.operator());
    }
    return value;
  }

  long hash() {
    return hash;
  }

  KeyCodec<K> keys() {
    return keys;
  }

  /** Whether rows keep the bytes of keys, since hashes do not tell all keys apart. */
  boolean keepsKeys() {
    return keepsKeys;
  }

  /** Has the bytes of the current key ready, unless hashes are enough. */
  @SuppressWarnings("unchecked") // The batch has keys of the stream.
  void encodeKeyIfKept() {
    if (keepsKeys && !isKeyEncoded) {
      keyBytes.clear();
      keys.codec().encode((K) keysOfBatch[indexInBatch], keyBytes);
      checkKeySize(keyInWords, keyBytes.size());
      isKeyEncoded = true;
    }
  }

  /** Throws if a key, or a key of a map, takes more bytes than one may. */
  void checkKeySize(String what, int bytes) {
    if (bytes > MOST_KEY_BYTES) {
      throw new HeadraceException(
              ErrorCode.VALUE_NOT_ENCODABLE,
              "%s takes %d bytes, and a key may take %d bytes. Let a part or a hash of it be the key."
                  .formatted(what, bytes, MOST_KEY_BYTES))
          .ofOperator(operator);
    }
  }

  /** Appends the bytes of the current key, unless hashes are enough. */
  void appendKeyIfKept(Encoder path) {
    if (keepsKeys) {
      encodeKeyIfKept();
      path.writeFixed(keyBytes.buffer(), 0, keyBytes.size());
    }
  }

  // Snapshots

  /**
   * The state as it is now. Between elements; O(segments), and the time to encode the objects that
   * were changed in place.
   *
   * @throws io.headrace.api.HeadraceException when such an object cannot be stored; then there is
   *     no view, and state is as it was
   */
  public StatesView view() {
    Invariant.check(
        !isInside && !journal.isPending(),
        "a view of %s was taken while an element is processed",
        operator);
    mutable.forEach(TableMutableState::storeAll);
    Epochs.OpenView open = epochs.endWithView();
    return new StatesView(open, states.stream().map(state -> state.view(open)).toList());
  }

  /** How many views were taken so far: the number of the last one. */
  public long views() {
    return epochs.current() - 1;
  }

  /**
   * Tells that a view is part of a complete checkpoint, so that later views need to tell only what
   * changed since, and what was deleted before can be forgotten.
   *
   * @param view its number
   */
  public void coveredUpTo(long view) {
    epochs.coveredUpTo(view);
  }

  /**
   * Takes one entry of a state from a checkpoint; it takes the place of one that came before.
   * Returns whether its key belongs to this task.
   *
   * @param entry is read to the end of the entry
   * @throws io.headrace.codec.MalformedDataException when the bytes are not an entry
   */
  public boolean restore(String state, Decoder entry) {
    return state(state).restore(entry);
  }

  /**
   * Takes one deletion of an entry that came before. Returns whether its key belongs to this task.
   *
   * @param deletion is read to its end
   * @throws io.headrace.codec.MalformedDataException when the bytes are not a deletion
   */
  public boolean restoreDeletion(String state, Decoder deletion) {
    return state(state).restoreDeletion(deletion);
  }

  /** A state that was declared. */
  DeclaredState state(String name) {
    return declared.named(name);
  }

  /** Enters the key if it belongs to the task. */
  boolean enterIfOwn(K restored) {
    long restoredHash = keys.hash(restored);
    if (!share.range().contains(restoredHash)) {
      return false;
    }
    begin(new Object[] {restored}, new long[] {restoredHash}, 0);
    locate(0);
    return true;
  }
}
