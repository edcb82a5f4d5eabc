package io.headrace.api;

/**
 * The key of a value: must return equal keys for equal values, whenever and wherever it is called.
 */
@FunctionalInterface
public interface KeySelector<T, K> extends TypedFunction {

  /** The key of one value. */
  K key(T value) throws Exception;
}
