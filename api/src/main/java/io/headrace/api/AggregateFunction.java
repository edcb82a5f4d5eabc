package io.headrace.api;

/** Folds values into a state. Called on the thread of its task. */
@FunctionalInterface
public interface AggregateFunction<S, T> extends TypedFunction {

  /** The state after one more value. */
  S add(S state, T value) throws Exception;
}
