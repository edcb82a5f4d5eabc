package io.headrace.codec;

import java.time.Instant;

/**
 * Times in milliseconds since 1970, as batches, watermarks and timers have them. A time beyond the
 * first or the last one stands for that: some 146 million years.
 */
public final class Millis {

  /** The last one: one bit less than a long has, so that a timer and its domain fit in one. */
  public static final long LAST = Long.MAX_VALUE >> 1;

  /** The first millisecond that there is a time for. */
  public static final long FIRST = Long.MIN_VALUE >> 1;

  private static final long PER_SECOND = 1_000;
  private static final long NANOS = 1_000_000;

  private Millis() {}

  /** The last millisecond that is not after a time. */
  public static long before(Instant time) {
    return of(time, 0);
  }

  /** The first millisecond that is not before a time. */
  public static long after(Instant time) {
    return of(time, NANOS - 1);
  }

  private static long of(Instant time, long more) {
    long seconds = time.getEpochSecond();
    if (seconds >= LAST / PER_SECOND) {
      return LAST;
    }
    return seconds <= FIRST / PER_SECOND
        ? FIRST
        : seconds * PER_SECOND + (time.getNano() + more) / NANOS;
  }

  /** A millisecond as a time; the last one is {@link Instant#MAX}. */
  public static Instant time(long millis) {
    return millis >= LAST ? Instant.MAX : Instant.ofEpochMilli(millis);
  }
}
