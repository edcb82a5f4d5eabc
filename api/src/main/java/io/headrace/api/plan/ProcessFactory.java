package io.headrace.api.plan;

import io.headrace.api.KeyedBroadcastProcessFactory;
import io.headrace.api.KeyedCoProcessFactory;
import io.headrace.api.KeyedProcessFactory;

/** Makes the process of an operator, for each of its tasks. */
public sealed interface ProcessFactory {

  /** Of a process that takes one stream. */
  record OfOne(KeyedProcessFactory<?, ?, ?> factory) implements ProcessFactory {}

  /** Of a process that takes two streams. */
  record OfTwo(KeyedCoProcessFactory<?, ?, ?, ?> factory) implements ProcessFactory {}

  /** Of a process that takes a stream beside one that is broadcast. */
  record OfBroadcast(KeyedBroadcastProcessFactory<?, ?, ?, ?> factory) implements ProcessFactory {}
}
