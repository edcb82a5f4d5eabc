package io.headrace.api;

/** A stream that is written to a sink. */
public interface WrittenStream {

  /** Sets how many tasks the sink runs as. Default: as many as its input. */
  WrittenStream parallelism(int parallelism);

  /**
   * Says that writing may block, as {@link Stream#blocking} does of other operators. Default: what
   * {@link Sink#isBlocking} says.
   */
  WrittenStream blocking();

  /** Leaves out, and counts, values that the sink rejects. Default: the job fails. */
  WrittenStream skipFailures();

  /** The values that the sink rejects, which then do not fail the job. */
  Stream<DeadLetter> deadLetters();
}
