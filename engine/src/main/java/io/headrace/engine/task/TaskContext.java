package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import java.util.function.Function;

/**
 * What a task has around it.
 *
 * @param isBlocking whether it may block, and has a thread of its own
 * @param files where the state files of a checkpoint are written
 */
record TaskContext(
    TaskId id,
    boolean isBlocking,
    Place place,
    Host host,
    TaskReports reports,
    RunListener listener,
    Function<CheckpointId, StateFiles> files,
    CheckpointingMode mode,
    Meter meter,
    Track track) {

  /** Code of the user is about to run in the task: from now on log lines name it. */
  void entering() {
    place.entering(id);
  }
}
