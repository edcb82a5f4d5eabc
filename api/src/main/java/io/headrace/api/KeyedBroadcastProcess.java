package io.headrace.api;

import java.time.Instant;

/**
 * A stateful operator over a keyed stream that also sees every value of a broadcast one. What is
 * said of {@link KeyedProcess} holds here too.
 *
 * <p>Beside keyed state it has {@link BroadcastState}, which each task has a copy of. Values that
 * are broadcast write it, values of the keyed stream and timers read it.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the values of the keyed stream
 * @param <B> the type of the values that are broadcast
 * @param <R> the type of the values emitted
 */
public interface KeyedBroadcastProcess<K, T, B, R> {

  /** Processes one value of the keyed stream. */
  void process(T value, Context<K, R> at) throws Exception;

  /**
   * Processes one value that is broadcast: called for it in every task, once in each. There is no
   * key, and nothing can be emitted, since that would come once from each task.
   *
   * <p>What it writes must follow from the value and from broadcast state alone, so that all tasks
   * write the same: not from the clock, from chance, from fields of its own or from which task it
   * is. With checkpoints in the mode exactly once that is checked at each of them; where it is not
   * so, the job fails with {@link ErrorCode#BROADCAST_STATE_DIFFERS}.
   *
   * <p>With {@link Stream#skipFailures} or {@link Stream#deadLetters} a value that this fails on is
   * counted, or told, once, and what it wrote is undone in every task.
   */
  void processBroadcast(B value, BroadcastContext at) throws Exception;

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
