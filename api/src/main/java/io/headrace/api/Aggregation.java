package io.headrace.api;

/**
 * How values are gathered in an accumulator, and what comes of it. Called on the thread of its
 * task.
 *
 * @param <T> the type of the values
 * @param <A> the type of the accumulator, which is what is stored
 * @param <R> the type of the result
 */
public interface Aggregation<T, A, R> {

  /** The accumulator before the first value, a new one for each call if it can be changed. */
  A initial();

  /** The accumulator after one more value; it may be the one that was given, changed. */
  A add(A accumulator, T value);

  /** What the values so far come to. The accumulator is not to be changed. */
  R result(A accumulator);
}
