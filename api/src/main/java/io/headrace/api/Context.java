package io.headrace.api;

/**
 * What a process may use while it processes one value; valid only during that call.
 *
 * @param <K> the type of the keys
 * @param <R> the type of the values emitted
 */
public interface Context<K, R> extends Emitter<R> {

  /** The key of the value being processed. */
  K key();

  /** Emits a value to a side output, which must be taken by {@link Stream#side}. */
  <S> void emit(SideOutput<S> output, S value);
}
