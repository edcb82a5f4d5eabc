package io.headrace.benchmarks;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.sink.legacy.RichSinkFunction;

/**
 * Counts the outputs and forgets them.
 *
 * @param <T> their type
 */
@SuppressWarnings({
  "deprecation", // The sink of before does the least, which favours Flink.
  "SameNameButDifferent" // The Context is that of the function.
})
final class FlinkSink<T> extends RichSinkFunction<T> {

  private static final long serialVersionUID = 1;

  private final FlinkDigest<T> digest;

  @SuppressWarnings("NullAway.Init") // set by open, which Flink calls first
  private transient Tally tally;

  /** A sink for outputs that each have a number which stands for them. */
  FlinkSink(FlinkDigest<T> digest) {
    this.digest = digest;
  }

  /** The number that stands for an output. */
  @FunctionalInterface
  interface FlinkDigest<T> extends java.io.Serializable {
    /** That of one. */
    long of(T output);
  }

  @Override
  public void open(OpenContext context) {
    tally = Meter.newTally();
  }

  @Override
  public void invoke(T output, Context context) {
    tally.add(digest.of(output));
  }

  @Override
  public void finish() {
    tally.flush();
  }
}
