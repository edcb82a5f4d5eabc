package io.headrace.api;

/**
 * A {@link BroadcastState} as values that are broadcast see it. Outside {@link
 * KeyedBroadcastProcess#processBroadcast} what writes throws a {@link HeadraceException} with
 * {@link ErrorCode#STATE_OUT_OF_SCOPE}.
 *
 * @param <M> the type of the keys within the map
 * @param <V> the type of the values
 */
public interface WritableBroadcastState<M, V> extends BroadcastState<M, V> {

  /** Sets the value of a map key. */
  void put(M mapKey, V value);

  /** Removes a map key, if it is there. */
  void remove(M mapKey);

  /** Removes every entry. */
  void clear();
}
