package io.headrace.codec;

import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** A layout in one word. */
record OneWord<T>(ToLongFunction<T> toWord, LongFunction<T> fromWord) implements WordLayout<T> {

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void store(T value, long[] row, int at) {
    row[at] = toWord.applyAsLong(value);
  }

  @Override
  public T load(long[] row, int at) {
    return fromWord.apply(row[at]);
  }
}
