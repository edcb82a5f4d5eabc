package io.headrace.api;

/** Makes none to many values of one. Called on the thread of its task. */
@FunctionalInterface
public interface FlatMapFunction<T, R> extends TypedFunction {

  /** Emits the results for one value. */
  void flatMap(T value, Emitter<R> out) throws Exception;
}
