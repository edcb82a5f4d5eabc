package io.headrace.api;

/**
 * What a process may use while a timer fires; valid only during that call. The time of the values
 * that it emits is that of an event-time timer; with a processing-time timer they have none.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the values emitted
 */
public interface OnTimerContext<K, R> extends Context<K, R> {

  /** Which time the timer goes by. */
  TimeDomain timeDomain();
}
