package io.headrace.engine.task;

import io.headrace.api.CheckpointListener;

/** What became of a checkpoint, to be told to whoever of the user's wants to know. */
@FunctionalInterface
interface Notification {

  /** Tells it. */
  void tell(CheckpointListener listener) throws Exception;

  /** Tells it to an object of the user's if that is a listener. */
  default void to(Object whoever) throws Exception {
    if (whoever instanceof CheckpointListener listener) {
      tell(listener);
    }
  }
}
