package io.headrace.benchmarks;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A job on Flink. */
@FunctionalInterface
interface FlinkJob {

  /** Describes the job of a workload, from its source to its sink. */
  void defineIn(StreamExecutionEnvironment environment, Workload workload);
}
