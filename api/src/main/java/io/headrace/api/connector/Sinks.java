package io.headrace.api.connector;

import io.headrace.api.Sink;

/** Sinks that need nothing outside the JVM. */
public final class Sinks {

  private Sinks() {}

  /** Prints each value on a line of standard output, as soon as it comes; again after a restart. */
  public static <T> Sink<T, ?> print() {
    return new PrintSink<>(System.out);
  }

  /** Collects what is committed in memory. */
  public static <T> CollectingSink<T> collect() {
    return new CollectingSink<>();
  }
}
