package io.headrace.api;

import java.util.Optional;

/**
 * An accumulator for each key, in which values are gathered as they come; every call is about the
 * key of the value being processed.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 *
 * @param <T> the type of the values
 * @param <R> the type of what they come to
 */
public interface AggregatingState<T, R> {

  /** Adds a value to the accumulator. */
  void add(T value);

  /** What the values come to; empty if nothing was added. */
  Optional<R> get();

  /** Forgets what was added; nothing is kept for the key. */
  void clear();
}
