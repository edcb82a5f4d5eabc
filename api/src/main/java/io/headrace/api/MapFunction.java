package io.headrace.api;

/** Makes one value of another. Called on the thread of its task. */
@FunctionalInterface
public interface MapFunction<T, R> extends TypedFunction {

  /** The result for one value. */
  R map(T value) throws Exception;
}
