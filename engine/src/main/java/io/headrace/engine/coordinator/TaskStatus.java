package io.headrace.engine.coordinator;

import io.headrace.engine.task.Activity;
import io.headrace.engine.task.TaskId;

/**
 * What a task does, and has done in the current attempt.
 *
 * @param isSource whether it reads splits
 * @param records how many values it has taken, or read if it is a source
 * @param putAside how many values its operators failed on, which were skipped or made dead letters
 */
public record TaskStatus(
    TaskId id, boolean isSource, Activity activity, long records, long putAside) {}
