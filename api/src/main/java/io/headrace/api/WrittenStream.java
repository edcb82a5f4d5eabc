package io.headrace.api;

/** A stream that is written to a sink. */
public interface WrittenStream {

  /** Sets how many tasks the sink runs as. Default: as many as its input. */
  WrittenStream parallelism(int parallelism);

  /** Leaves out, and counts, values that the sink rejects. Default: the job fails. */
  WrittenStream skipFailures();

  /** The values that the sink rejects, which then do not fail the job. */
  Stream<DeadLetter> deadLetters();
}
