package io.headrace.api;

import java.util.Optional;

/**
 * One value for each key, to which others are reduced as they come; every call is about the key of
 * the value being processed.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 */
public interface ReducingState<V> {

  /** Reduces the value and another to one; the first is kept as it is. */
  void add(V value);

  /** What was added, reduced to one value; empty if nothing was. */
  Optional<V> get();

  /** Forgets what was added; nothing is kept for the key. */
  void clear();
}
