package io.headrace.api.connector;

import io.headrace.api.Source;
import io.headrace.api.TypeToken;
import java.util.List;

/** Sources that need nothing outside the JVM. */
public final class Sources {

  private Sources() {}

  /**
   * Values computed from their index, 0 up to {@code count - 1}, in one split.
   *
   * @param count 0 or more
   * @param value must give the same value for the same index at any time, and never null; called on
   *     the thread of a task
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if the count is negative
   */
  public static <T> GeneratedSource<T> generate(
      Class<T> type, long count, GeneratedSource.Generator<T> value) {
    return generate(TypeToken.of(type), count, value);
  }

  /** Values computed from their index, as above. */
  public static <T> GeneratedSource<T> generate(
      TypeToken<T> type, long count, GeneratedSource.Generator<T> value) {
    return new GeneratedSource<>(type, count, value, 1);
  }

  /**
   * Another source, with each of its splits slowed down to a rate.
   *
   * @param perSecond the values a second, on average since the split was opened
   * @throws io.headrace.api.HeadraceException with {@code INVALID_JOB} if the rate is not more than
   *     0
   */
  public static <T, P> Source<T, P> paced(Source<T, P> source, double perSecond) {
    return new PacedSource<>(source, perSecond);
  }

  /**
   * The elements of a list, in one split. They must not be changed afterwards, by no function
   * either: after a restart they are read again.
   */
  public static <T> GeneratedSource<T> of(Class<T> type, List<T> values) {
    List<T> copy = List.copyOf(values);
    return generate(type, copy.size(), index -> copy.get((int) index));
  }
}
