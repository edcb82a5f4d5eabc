package io.headrace.api;

import java.time.Instant;

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

  /**
   * A timer that the process registered for a key with its {@link TimerService} has come to its
   * time. State read and written here is that of the key. An exception fails the job, as in {@link
   * #process}.
   *
   * @param time the time that it was registered for
   */
  default void onTimer(Instant time, OnTimerContext<K, R> at) throws Exception {
    throw new UnsupportedOperationException(
        "the process registers timers, but has no onTimer(...)");
  }
}
