package io.headrace.engine.task;

/** What a task was doing when it was last called. */
public enum Activity {
  /** It was not called yet. */
  STARTING,
  /** It took values, or read some. */
  WORKING,
  /** Nothing has come. */
  WAITING_FOR_INPUT,
  /** A barrier has come on some of its inputs, and nothing on those that it still takes. */
  ALIGNING,
  /**
   * Its state is being written, and there is no memory for the copies that its next values would
   * need.
   */
  WAITING_FOR_MEMORY,
  /** A task behind it is slower: what it has sent was not taken. */
  BACKPRESSURED,
  /** All its input has ended, or the run is ending and it reads nothing more. */
  FINISHED
}
