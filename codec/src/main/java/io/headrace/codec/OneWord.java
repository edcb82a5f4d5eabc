package io.headrace.codec;

import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** A layout in one word. */
record OneWord<T>(Class<? extends T> type, ToLongFunction<T> toWord, LongFunction<T> fromWord)
    implements WordLayout<T> {

  /** The word of a value. */
  long word(T value) {
    return toWord.applyAsLong(UnencodableException.instance(type, value));
  }

  @Override
  public int width() {
    return 1;
  }

  @Override
  public void store(T value, long[] row, int at) {
    row[at] = word(value);
  }

  @Override
  public T load(long[] row, int at) {
    return fromWord.apply(row[at]);
  }
}
