package io.headrace.api;

/** Takes the results of a function, in order. Valid only during the call it was passed to. */
@FunctionalInterface
public interface Emitter<T> {

  /**
   * Emits one value, which is handed on as it is: see {@link Stream}. It must not be changed
   * afterwards.
   */
  void emit(T value);
}
