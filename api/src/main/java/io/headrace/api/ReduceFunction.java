package io.headrace.api;

/** Makes one value of two of the same type. Called on the thread of its task. */
@FunctionalInterface
public interface ReduceFunction<V> extends TypedFunction {

  /** What takes the place of a value and the one that came after it. */
  V reduce(V before, V next);
}
