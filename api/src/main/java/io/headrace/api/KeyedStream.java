package io.headrace.api;

/**
 * A stream that is partitioned by a key: all values of one key meet the same state, and those from
 * one sender meet it in their order.
 *
 * <p>A key is what it is encoded as: two keys are equal when their encodings are, in every JVM and
 * on every engine.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the values
 */
public interface KeyedStream<K, T> {

  /**
   * Applies a stateful process.
   *
   * <p>The factory is called once while the plan is built and once in each task, each time with
   * another {@link States}; it must return a new process and declare the same states each time.
   *
   * @param name the operator's name, unique in the job; its state is found by it in checkpoints
   */
  <R> Stream<R> process(String name, KeyedProcessFactory<K, T, R> factory);

  /** This stream and another one, whose keys have the same type. */
  <U> ConnectedStreams<K, T, U> connect(KeyedStream<K, U> other);

  /** This stream beside one of which all its tasks get every value. */
  <B> BroadcastConnectedStream<K, T, B> connect(BroadcastStream<B> broadcast);

  /**
   * Folds the values of each key into one state, and emits the key with its new state for each
   * value.
   *
   * @param name the name of the operator and of its only state
   */
  <S> Stream<KeyValue<K, S>> aggregate(
      String name, TypeToken<S> type, S initial, AggregateFunction<S, ? super T> function);

  /** Folds the values of each key into one state, as above. */
  default <S> Stream<KeyValue<K, S>> aggregate(
      String name, Class<S> type, S initial, AggregateFunction<S, ? super T> function) {
    return aggregate(name, TypeToken.of(type), initial, function);
  }
}
