package io.headrace.api;

/**
 * Two keyed streams with keys of one type. The order of values of one key and stream is kept, that
 * between the streams is not defined.
 *
 * @param <K> the type of the keys
 * @param <A> the type of the values of the first stream
 * @param <B> the type of the values of the second stream
 */
public interface ConnectedStreams<K, A, B> {

  /**
   * Applies a stateful process to both, as {@link KeyedStream#process} does to one.
   *
   * @param name the operator's name, unique in the job; its state is found by it in checkpoints
   */
  <R> Stream<R> process(String name, KeyedCoProcessFactory<K, A, B, R> factory);
}
