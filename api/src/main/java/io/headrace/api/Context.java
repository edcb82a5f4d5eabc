package io.headrace.api;

import java.time.Instant;
import java.util.Optional;

/**
 * What a process may use while it processes one value; valid only during that call.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the values emitted
 */
public interface Context<K, R> extends Emitter<R> {

  /** The key of the value being processed. */
  K key();

  /** The event time of the value being processed, if it has one. */
  Optional<Instant> timestamp();

  /**
   * Emits a value to a side output, which must be taken by {@link Stream#side}: otherwise the job
   * stops with {@code SIDE_OUTPUT_UNCONNECTED}, since the value would be lost.
   */
  <S> void emit(SideOutput<S> output, S value);
}
