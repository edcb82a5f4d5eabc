package io.headrace.api;

import java.time.Instant;

/** Tells at what time something happened that a value is about. */
@FunctionalInterface
public interface TimestampAssigner<T> {

  /** The event time of a value. It is kept in milliseconds, and what is less is cut off. */
  Instant timestamp(T value) throws Exception;
}
