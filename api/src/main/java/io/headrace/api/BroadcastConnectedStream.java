package io.headrace.api;

/**
 * A keyed stream beside one that is broadcast. The order of values of one stream is kept, that
 * between the streams is not defined: what a value of the keyed stream meets depends on how far the
 * other one is.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the values of the keyed stream
 * @param <B> the type of the values that are broadcast
 */
public interface BroadcastConnectedStream<K, T, B> {

  /**
   * Applies a stateful process to both, as {@link KeyedStream#process} does to one.
   *
   * @param name the operator's name, unique in the job; its state is found by it in checkpoints
   */
  <R> Stream<R> process(String name, KeyedBroadcastProcessFactory<K, T, B, R> factory);
}
