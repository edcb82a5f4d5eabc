package io.headrace.api;

/**
 * One value for each key; every call is about the key of the value being processed.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 */
public interface ValueState<V> {

  /** The value last set, or the initial value. */
  V get();

  /** Sets the value. */
  void set(V value);

  /** Goes back to the initial value; nothing is kept for the key. */
  void clear();

  /** Sets the value to a function of what it was, and returns the new one. */
  default V update(ValueUpdate<V> function) {
    V next = function.apply(get());
    set(next);
    return next;
  }

  /** How a value follows from the one before. */
  @FunctionalInterface
  interface ValueUpdate<V> {
    /** The next value. */
    V apply(V before);
  }
}
