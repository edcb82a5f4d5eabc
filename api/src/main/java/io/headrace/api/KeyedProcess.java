package io.headrace.api;

/**
 * A stateful operator over a keyed stream.
 *
 * <p>State is declared in the constructor, through {@link States}. One instance belongs to one task
 * and is called on one thread at a time.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the values taken
 * @param <R> the type of the values emitted
 */
@FunctionalInterface
public interface KeyedProcess<K, T, R> {

  /**
   * Processes one value. State read and written here is that of the value's key. An exception fails
   * the job, which restarts from its last complete checkpoint, unless {@link Stream#skipFailures}
   * or {@link Stream#deadLetters} says otherwise; so does a null that is emitted.
   */
  void process(T value, Context<K, R> at) throws Exception;
}
