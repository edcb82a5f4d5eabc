package io.headrace.engine.task;

/**
 * Reads the keyed state of one task out of a checkpoint, before the task starts. Once, on a thread
 * that may block; those of several tasks at the same time.
 */
@FunctionalInterface
public interface StateRead {

  /** Throws when there is no such state, or it is not what the process declares. */
  void read() throws Exception;
}
