package io.headrace.api;

/**
 * Where a process declares its state, in its constructor and nowhere else.
 *
 * <p>A state has a name, unique in its operator, and a type; both are stored with the data. The
 * values of a state are copies, also of records with collections or arrays in them: state does not
 * change when an object changes that was put into it or came from it. Only what {@link #mutable}
 * gives is changed in place. A snapshot holds what there was at its barrier, whatever is changed
 * while it is written.
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

  /**
   * One value per key, to which all that is added is reduced.
   *
   * @param function is not stored: what was reduced before a restart stays as it is
   */
  <V> ReducingState<V> reducing(String name, TypeToken<V> type, ReduceFunction<V> function);

  /** One value per key, to which all that is added is reduced, as above. */
  default <V> ReducingState<V> reducing(String name, Class<V> type, ReduceFunction<V> function) {
    return reducing(name, TypeToken.of(type), function);
  }

  /**
   * An accumulator per key, in which all that is added is gathered.
   *
   * @param accumulatorType the type of what is stored
   * @param aggregation is not stored: what was gathered before a restart stays as it is
   */
  <T, A, R> AggregatingState<T, R> aggregating(
      String name, TypeToken<A> accumulatorType, Aggregation<T, A, R> aggregation);

  /** An accumulator per key, in which all that is added is gathered, as above. */
  default <T, A, R> AggregatingState<T, R> aggregating(
      String name, Class<A> accumulatorType, Aggregation<T, A, R> aggregation) {
    return aggregating(name, TypeToken.of(accumulatorType), aggregation);
  }

  /**
   * One object per key, which the process changes in place: for objects too large to be copied for
   * each value. It is stored as {@link #value} stores one, so that a job may change from one to the
   * other.
   *
   * @param initial what a key has at first, each a copy of its own
   */
  <V> MutableState<V> mutable(String name, TypeToken<V> type, V initial);

  /** One object per key, which the process changes in place, as above. */
  default <V> MutableState<V> mutable(String name, Class<V> type, V initial) {
    return mutable(name, TypeToken.of(type), initial);
  }

  /**
   * A service that the job gives ({@link Job#services}), for use in the process's methods.
   *
   * @param type exactly that by which the job gives it
   */
  <S> Service<S> service(Class<S> type);

  /** The timers of each key; the same however often it is called. */
  TimerService timers();
}
