package io.headrace.api;

import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A map that belongs to no key. Each task has a copy, and all copies are the same but for how far
 * each task has read the broadcast stream. It is read here, and written through what {@link
 * BroadcastContext#writable} gives.
 *
 * <p>Outside the methods of a {@link KeyedBroadcastProcess} each method throws a {@link
 * HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 *
 * @param <M> the type of the keys within the map
 * @param <V> the type of the values
 */
public interface BroadcastState<M, V> {

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

  /** The number of entries. */
  int size();

  /** Whether the map has no entry. */
  default boolean isEmpty() {
    return size() == 0;
  }

  /**
   * Calls a function for each entry, in the same order in all tasks: see {@link MapState#forEach}.
   */
  void forEach(BiConsumer<? super M, ? super V> action);
}
