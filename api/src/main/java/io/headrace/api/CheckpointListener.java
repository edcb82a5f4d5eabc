package io.headrace.api;

/**
 * Is told what became of checkpoints. A {@link KeyedProcess}, a {@link SourceReader} or a {@link
 * SinkWriter} that implements this is told, on the thread of its task and between its other calls.
 * State cannot be used here, and nothing can be emitted.
 *
 * <p>Best effort: around a failure or the end of a run a call may never come. What is true of a
 * complete checkpoint is true of all before it, so that whoever missed one learns of it with the
 * next. An exception ends the attempt, like any exception of the same object.
 */
public interface CheckpointListener {

  /**
   * A checkpoint is complete: it is what a restart begins from, or a later one is. Transactions of
   * sinks in it may not be committed yet. Ids rise from call to call.
   */
  void checkpointComplete(CheckpointId checkpoint) throws Exception;

  /**
   * A checkpoint was given up, or a later one was complete before it. It may come before the
   * barrier of the checkpoint does, which is then passed on without anything being kept. What was
   * kept for the checkpoint becomes part of the next.
   */
  default void checkpointAborted(CheckpointId checkpoint) throws Exception {}
}
