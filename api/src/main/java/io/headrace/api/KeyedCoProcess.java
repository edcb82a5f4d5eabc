package io.headrace.api;

import java.time.Instant;

/**
 * A stateful operator over two keyed streams with keys of one type: values of both with the same
 * key meet the same state. What is said of {@link KeyedProcess} holds here too.
 *
 * @param <K> the type of the keys
 * @param <A> the type of the values of the first stream
 * @param <B> the type of the values of the second stream
 * @param <R> the type of the values emitted
 */
public interface KeyedCoProcess<K, A, B, R> {

  /** Processes one value of the first stream. */
  void process1(A value, Context<K, R> at) throws Exception;

  /** Processes one value of the second stream. */
  void process2(B value, Context<K, R> at) throws Exception;

  /**
   * A timer that the process registered for a key has come to its time; the watermark is the
   * earlier one of both streams.
   *
   * @param time the time that it was registered for
   */
  default void onTimer(Instant time, OnTimerContext<K, R> at) throws Exception {
    throw new UnsupportedOperationException(
        "the process registers timers, but has no onTimer(...)");
  }
}
