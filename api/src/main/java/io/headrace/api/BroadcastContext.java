package io.headrace.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What a process may use while it processes a value that is broadcast; valid only during that call.
 */
public interface BroadcastContext {

  /** The event time of the value being processed, if it has one. */
  Optional<Instant> timestamp();

  /**
   * A state of the process, to be written.
   *
   * @param state as the process declared it
   */
  <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state);
}
