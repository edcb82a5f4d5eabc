package io.headrace.flink.operators;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;

/** Tells what became of a checkpoint to objects of the user's that want to know. */
public final class Notifications {

  private Notifications() {}

  /** Tells an object that a checkpoint is complete. On the thread of its task. */
  public static void complete(Object whoever, long checkpoint) throws Exception {
    if (whoever instanceof CheckpointListener listener) {
      listener.checkpointComplete(new CheckpointId(checkpoint));
    }
  }

  /** Tells an object that a checkpoint was given up. On the thread of its task. */
  public static void aborted(Object whoever, long checkpoint) throws Exception {
    if (whoever instanceof CheckpointListener listener) {
      listener.checkpointAborted(new CheckpointId(checkpoint));
    }
  }
}
