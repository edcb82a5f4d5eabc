package io.headrace.api;

/** The description of a job under construction: where its streams begin. */
public interface Pipeline {

  /**
   * The stream of everything that a source delivers.
   *
   * @param name the operator's name, unique in the job; positions in checkpoints are found by it
   */
  <T> Stream<T> source(String name, Source<T, ?> source);

  /**
   * The stream of everything that a source delivers, with the time at which it happened.
   *
   * <p>Values of a source without a strategy have no event time, and hold back nobody's watermark.
   *
   * @param name the operator's name, as above
   */
  <T> Stream<T> source(String name, Source<T, ?> source, WatermarkStrategy<? super T> eventTime);
}
