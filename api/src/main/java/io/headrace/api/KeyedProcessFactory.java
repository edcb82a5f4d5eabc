package io.headrace.api;

/** Makes a process for each task; usually the constructor of its class. */
@FunctionalInterface
public interface KeyedProcessFactory<K, T, R> extends TypedFunction {

  /** A new process, whose states are declared through {@code states} before this returns. */
  KeyedProcess<K, T, R> create(States states);
}
