package io.headrace.api;

/** A condition on values. Called on the thread of its task. */
@FunctionalInterface
public interface FilterFunction<T> extends TypedFunction {

  /** Whether the value stays in the stream. */
  boolean test(T value) throws Exception;
}
