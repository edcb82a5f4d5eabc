package io.headrace.api;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map for each key; every call is about the map of the key of the value being processed.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 *
 * @param <M> the type of the keys within the map
 * @param <V> the type of the values
 */
public interface MapState<M, V> {

  /** The value of a map key, if there is one. */
  Optional<V> get(M mapKey);

  /** The value of a map key, or another when there is none. */
  default V getOrDefault(M mapKey, V otherwise) {
    return get(mapKey).orElse(otherwise);
  }

  /** Whether there is a value for a map key. */
  default boolean contains(M mapKey) {
    return get(mapKey).isPresent();
  }

  /** Sets the value of a map key. */
  void put(M mapKey, V value);

  /** Removes a map key, if it is there. */
  void remove(M mapKey);

  /** The number of entries. */
  int size();

  /** Whether the map has no entry. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Calls a function for each entry. The order is that in which map keys were first put, as long as
   * nothing is removed; a removal moves the last entry to the place of the removed one.
   *
   * <p>The function may read the map, also with another forEach, and use other states as it likes,
   * but must not change the map: put, clear, or remove a map key that is there. What it did stays,
   * and no further entry is shown. Nothing of an iteration can be kept, so that none is under way
   * when a barrier comes.
   *
   * @throws java.util.ConcurrentModificationException when the function returns and has changed the
   *     map, even to what it was
   */
  void forEach(BiConsumer<? super M, ? super V> action);

  /** Removes every entry. */
  void clear();
}
