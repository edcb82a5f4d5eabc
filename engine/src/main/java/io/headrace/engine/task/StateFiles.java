package io.headrace.engine.task;

import io.headrace.checkpoint.StateFile;
import io.headrace.state.StatesView;
import java.io.IOException;
import java.util.Optional;

/** Where the state files of one checkpoint are written. Any thread that may block. */
public interface StateFiles {

  /**
   * Writes one state of one task to a file of its own and makes it durable, unless nothing is kept.
   */
  Optional<StateFile> write(TaskId task, String operator, StatesView.State state)
      throws IOException;
}
