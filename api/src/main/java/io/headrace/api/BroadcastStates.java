package io.headrace.api;

/**
 * Where a process with a broadcast stream declares its state: keyed state, and that which is not.
 */
public interface BroadcastStates extends States {

  /**
   * A map that belongs to no key: each task has a copy of it.
   *
   * @param name unique among all states of the operator
   */
  <M, V> BroadcastState<M, V> broadcast(
      String name, TypeToken<M> mapKeyType, TypeToken<V> valueType);

  /** A map that belongs to no key, as above. */
  default <M, V> BroadcastState<M, V> broadcast(
      String name, Class<M> mapKeyType, Class<V> valueType) {
    return broadcast(name, TypeToken.of(mapKeyType), TypeToken.of(valueType));
  }
}
