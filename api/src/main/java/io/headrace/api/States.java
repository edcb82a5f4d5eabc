package io.headrace.api;

/**
 * Where a process declares its state, in its constructor and nowhere else.
 *
 * <p>A state has a name, unique in its operator, and a type; both are stored with the data. The
 * values of a state are copies: what was put in is not changed by changing the object later.
 */
public interface States {

  /**
   * One value per key.
   *
   * @param initial what a key has before anything was set
   */
  <V> ValueState<V> value(String name, TypeToken<V> type, V initial);

  /** One value per key, as above. */
  default <V> ValueState<V> value(String name, Class<V> type, V initial) {
    return value(name, TypeToken.of(type), initial);
  }

  /** A map per key. Reading or writing one entry costs the same whatever the size of the map. */
  <M, V> MapState<M, V> map(String name, TypeToken<M> mapKeyType, TypeToken<V> valueType);

  /** A map per key, as above. */
  default <M, V> MapState<M, V> map(String name, Class<M> mapKeyType, Class<V> valueType) {
    return map(name, TypeToken.of(mapKeyType), TypeToken.of(valueType));
  }

  /**
   * A list per key. Adding an element and reading one cost the same whatever the size of the list.
   */
  <V> ListState<V> list(String name, TypeToken<V> type);

  /** A list per key, as above. */
  default <V> ListState<V> list(String name, Class<V> type) {
    return list(name, TypeToken.of(type));
  }
}
