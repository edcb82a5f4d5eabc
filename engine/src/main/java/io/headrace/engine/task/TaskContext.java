package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import java.util.function.Function;

/**
 * What a task has around it.
 *
 * @param files where the state files of a checkpoint are written
 */
record TaskContext(
    TaskId id,
    Place place,
    Host host,
    TaskReports reports,
    RunListener listener,
    Function<CheckpointId, StateFiles> files,
    CheckpointingMode mode,
    Meter meter,
    Track track) {}
