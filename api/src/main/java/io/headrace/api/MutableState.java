package io.headrace.api;

/**
 * One object for each key, which the process changes in place; every call is about the key of the
 * value being processed.
 *
 * <p>Outside {@link KeyedProcess#process} and {@link KeyedProcess#onTimer} each method throws a
 * {@link HeadraceException} with {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 *
 * <p>An object is encoded at each checkpoint before which it was used, and not each time. So one
 * that cannot be encoded ends the run with {@link ErrorCode#VALUE_NOT_ENCODABLE} at the next
 * checkpoint at the latest, and the limit on state memory counts it as it was then.
 */
public interface MutableState<V> {

  /**
   * The key's object, of which every change counts. Lists, sets and maps in it can be changed. It
   * must not be emitted or kept, nor changed but while a value of its key is being processed.
   */
  V get();

  /** Puts a copy of another object in its place. */
  void set(V value);

  /** Goes back to what the key had at first; nothing is kept for it. */
  void clear();
}
