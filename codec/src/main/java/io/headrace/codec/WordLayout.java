package io.headrace.codec;

/**
 * A form of fixed width in {@code long} words, for values that live in flat tables: boxed numbers,
 * enums, instants, and records of such fields. Immutable; any thread may use it.
 *
 * @param <T> the type of the values
 */
public interface WordLayout<T> {

  /** How many words a value takes, at least 1. */
  int width();

  /** Stores a value at {@code row[at]} and the {@code width() - 1} words after it. */
  void store(T value, long[] row, int at);

  /** The value stored at {@code row[at]}. */
  T load(long[] row, int at);
}
