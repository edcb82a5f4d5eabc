package io.headrace.benchmarks;

/** Takes the outputs of one task of a {@link Rotation}, on that task's thread. */
@FunctionalInterface
interface Taker {

  /** Takes what an event led to. */
  void take(long event, long sum);
}
