package io.headrace.api.plan;

import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.MapFunction;

/** What a stateless operator does with each value. */
public sealed interface Transformation {

  /** Emits the result of a function. */
  record Map(MapFunction<?, ?> function) implements Transformation {}

  /** Emits the value if a condition holds. */
  record Filter(FilterFunction<?> condition) implements Transformation {}

  /** Emits whatever a function emits. */
  record FlatMap(FlatMapFunction<?, ?> function) implements Transformation {}
}
