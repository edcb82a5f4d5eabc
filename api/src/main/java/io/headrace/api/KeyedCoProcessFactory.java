package io.headrace.api;

/** Makes a process of two streams for each task; usually the constructor of its class. */
@FunctionalInterface
public interface KeyedCoProcessFactory<K, A, B, R> extends TypedFunction {

  /** A new process, whose states are declared through {@code states} before this returns. */
  KeyedCoProcess<K, A, B, R> create(States states);
}
