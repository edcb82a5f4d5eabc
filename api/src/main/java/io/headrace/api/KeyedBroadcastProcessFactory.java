package io.headrace.api;

/** Makes a process with broadcast state for each task; usually the constructor of its class. */
@FunctionalInterface
public interface KeyedBroadcastProcessFactory<K, T, B, R> extends TypedFunction {

  /** A new process, whose states are declared through {@code states} before this returns. */
  KeyedBroadcastProcess<K, T, B, R> create(BroadcastStates states);
}
