package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Invariant;
import io.headrace.api.MapState;
import io.headrace.api.States;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueState;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import io.headrace.codec.Schema;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The keyed state of one operator in one task.
 *
 * <p>Order of calls: declarations ({@link States}), {@link #seal}, {@link #restore}*, then for each
 * batch {@link #begin}, for each element {@link #enter} and, after the last, {@link #leave}; {@link
 * #view} in between. One thread, but for the views.
 *
 * @param <K> the type of the keys
 */
public final class KeyedStates<K> implements States {

  private static final Encoder NO_KEY_BYTES = new Encoder(0);

  private final String operator;
  private final KeyCodec<K> keys;
  private final Type keyType;
  private final HashRange range;
  private final MemoryBudget budget;
  private final long salt;
  private final List<DeclaredState> states = new ArrayList<>();
  private final List<Table> touchable = new ArrayList<>();
  private final Encoder keyBytes = new Encoder();
  private boolean isSealed;
  private boolean isInside;
  private boolean isKeyEncoded;
  private long element;
  private Object[] keysOfBatch = {};
  private long[] hashes = {};
  private int current;

  /** Written so that the loads of {@link #begin} are not optimized away. */
  @SuppressWarnings("UnusedVariable")
  private long touched;

  /**
   * State without declarations.
   *
   * @param operator the operator's name, for errors
   * @param range the hashes that belong to the task
   * @param budget what memory is taken from
   * @param salt random bits
   */
  public KeyedStates(
      String operator, KeyCodec<K> keys, HashRange range, MemoryBudget budget, long salt) {
    this.operator = operator;
    this.keys = keys;
    this.keyType = keys.codec().type();
    this.range = range;
    this.budget = budget;
    this.salt = salt;
  }

  // Declarations

  @Override
  public <V> ValueState<V> value(String name, TypeToken<V> type, V initial) {
    Codec<V> codec = Codecs.of(type);
    Schema schema =
        EntrySchemas.of(
            keyType, new StateDeclaration(name, StateDeclaration.Kind.VALUE, List.of(type.type())));
    TableValueState<K, V> state = new TableValueState<>(name, this, codec, initial, schema);
    declare(state);
    touchable.add(state.table()); // Rows of maps are found by more than the hash of the key.
    return state;
  }

  @Override
  public <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType) {
    KeyCodec<M> mapKeys = Codecs.keyOf(mapKeyType.type());
    Codec<V> codec = Codecs.of(valueType);
    Schema schema =
        EntrySchemas.of(
            keyType,
            new StateDeclaration(
                name, StateDeclaration.Kind.MAP, List.of(mapKeyType.type(), valueType.type())));
    TableMapState<K, M, V> state = new TableMapState<>(name, this, mapKeys, codec, schema);
    declare(state);
    return state;
  }

  private void declare(DeclaredState state) {
    if (isSealed) {
      throw new HeadraceException(
          ErrorCode.STATE_OUT_OF_SCOPE,
          "State \""
              + state.name()
              + "\" of operator \""
              + operator
              + "\" was declared while the job runs. Declare state in the constructor of the"
              + " process.");
    }
    states.add(state);
  }

  /** Ends the declarations. */
  public void seal() {
    isSealed = true;
  }

  /** The names of the states, in the order of their declaration. */
  public List<String> names() {
    return states.stream().map(DeclaredState::name).toList();
  }

  // Elements

  /**
   * Begins a batch, and loads what its elements will need, so that cache misses overlap.
   *
   * @param batchKeys the keys of its elements, from 0 to {@code count}
   * @param batchHashes their hashes
   */
  public void begin(Object[] batchKeys, long[] batchHashes, int count) {
    keysOfBatch = batchKeys;
    hashes = batchHashes;
    long sum = 0;
    for (int i = 0; i < touchable.size(); i++) {
      Table table = touchable.get(i);
      for (int at = 0; at < count; at++) {
        sum += table.touch(batchHashes[at]);
      }
    }
    touched = sum;
  }

  /** Begins an element of the batch, by its index: from now on, state is that of its key. */
  public void enter(int index) {
    current = index;
    element++;
    isInside = true;
    isKeyEncoded = false;
  }

  /** Ends the last element: state cannot be used until the next. */
  public void leave() {
    isInside = false;
  }

  /** A number that only the current element has; throws where there is none. */
  long element(String state) {
    if (!isInside) {
      throw new HeadraceException(
          ErrorCode.STATE_OUT_OF_SCOPE,
          "State \""
              + state
              + "\" of operator \""
              + operator
              + "\" was used while no value of its keyed stream was being processed. State belongs"
              + " to a key: use it in process(...) only, on the thread that calls it.");
    }
    return element;
  }

  long hash() {
    return hashes[current];
  }

  @SuppressWarnings("unchecked") // The batch holds keys of the stream.
  K key() {
    return (K) keysOfBatch[current];
  }

  KeyCodec<K> keys() {
    return keys;
  }

  /** The bytes that tell the current key from others of the same hash; none if hashes do. */
  Encoder keyBytes() {
    return keys.isHashInvertible() ? NO_KEY_BYTES : encodedKey();
  }

  /** The current key, encoded. */
  Encoder encodedKey() {
    if (!isKeyEncoded) {
      keyBytes.clear();
      keys.codec().encode(key(), keyBytes);
      isKeyEncoded = true;
    }
    return keyBytes;
  }

  Cells.TableOptions optionsOf(String state) {
    return new Cells.TableOptions(
        "\"" + state + "\" of operator \"" + operator + "\"", range, budget, salt);
  }

  // Snapshots

  /** The state as it is now. */
  public StatesView view() {
    Invariant.check(!isInside, "a view of %s was taken while an element is processed", operator);
    List<StatesView.State> shown = new ArrayList<>();
    List<Runnable> releases = new ArrayList<>();
    for (DeclaredState state : states) {
      TableView view = state.table().view();
      shown.add(state.show(view));
      releases.add(view::close);
    }
    return new StatesView(shown, releases);
  }

  /** How many views were taken so far: the number of the last one. */
  public long views() {
    return states.isEmpty() ? 0 : states.get(0).table().epoch() - 1;
  }

  /** Tells that a view, by its number, is part of a complete checkpoint. */
  public void coveredUpTo(long view) {
    for (DeclaredState state : states) {
      state.table().coveredUpTo(view);
    }
  }

  /**
   * Takes one entry of a state from a checkpoint. Returns whether its key belongs to this task.
   *
   * @throws io.headrace.codec.MalformedDataException when the bytes are not an entry
   */
  public boolean restore(String state, Decoder entry) {
    for (DeclaredState declared : states) {
      if (declared.name().equals(state)) {
        return declared.restore(entry);
      }
    }
    throw new IllegalArgumentException("operator " + operator + " has no state " + state);
  }

  /** Enters the key if it belongs to the task. */
  boolean enterIfOwn(K restored) {
    long restoredHash = keys.hash(restored);
    if (!range.contains(restoredHash)) {
      return false;
    }
    begin(new Object[] {restored}, new long[] {restoredHash}, 0);
    enter(0);
    return true;
  }
}
