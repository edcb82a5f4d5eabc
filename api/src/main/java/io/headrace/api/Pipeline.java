package io.headrace.api;

/** The description of a job under construction: where its streams begin. */
public interface Pipeline {

  /**
   * The stream of everything that a source delivers.
   *
   * @param name the operator's name, unique in the job; positions in checkpoints are found by it
   */
  <T> Stream<T> source(String name, Source<T, ?> source);
}
