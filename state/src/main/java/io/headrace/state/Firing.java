package io.headrace.state;

import io.headrace.api.TimeDomain;

/**
 * Fires the timers of an operator in one task. Between elements, on the owner's thread: {@link
 * #next} says when the earliest is due, {@link #enter} begins its element, which ends as others do.
 *
 * @param <K> the type of the keys
 */
public final class Firing<K> {

  private final KeyedStates<K> states;
  private final TableTimers<K> timers;
  private final Object[] key = new Object[1];
  private final long[] hash = new long[1];
  private long time;

  Firing(KeyedStates<K> states, TableTimers<K> timers) {
    this.states = states;
    this.timers = timers;
  }

  /** Whether the time of the earliest timer has come. */
  public boolean isDue(TimeDomain domain) {
    long next = next(domain);
    return next != TimerQueue.NONE && next <= until(domain);
  }

  /** The time of the earliest timer, which may have gone: after any time if there is none. */
  public long next(TimeDomain domain) {
    return timers.next(domain);
  }

  /** What time it is, in milliseconds: timers fire up to this one. */
  public long until(TimeDomain domain) {
    return timers.until(domain);
  }

  /**
   * Removes the earliest timer, and begins an element of its key, unless the timer was deleted.
   * Returns whether it was there, so that it fires.
   */
  public boolean enter(TimeDomain domain) {
    time = timers.next(domain);
    key[0] = timers.nextKey(domain);
    hash[0] = timers.nextHash(domain);
    return states.enter(timers, domain, key, hash);
  }

  /** The time of the timer that was removed last, in milliseconds. */
  public long time() {
    return time;
  }

  /** Its key. */
  public Object key() {
    return key[0];
  }

  /** The hash of its key. */
  public long keyHash() {
    return hash[0];
  }

  /** An array with its key, always the same one. */
  public Object[] keys() {
    return key;
  }
}
