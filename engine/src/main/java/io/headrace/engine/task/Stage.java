package io.headrace.engine.task;

/** Takes the values of a stream, one at a time, on the thread of its task. */
interface Stage {

  /** Processes one value, with everything that follows from it in this task. */
  void accept(Object value);
}
