package io.headrace.engine.coordinator;

import io.headrace.engine.task.Meter;
import io.headrace.engine.task.TaskId;

/**
 * What is measured of a task; can be read after the task is gone.
 *
 * @param earlier how many values it took in earlier attempts
 */
record TaskMeter(TaskId id, boolean isSource, Meter meter, long earlier) {

  /** The same task in another attempt. */
  TaskMeter next(Meter another) {
    return new TaskMeter(id, isSource, another, earlier + meter.count());
  }

  TaskStatus status() {
    return new TaskStatus(
        id,
        isSource,
        meter.activity(),
        meter.count(),
        earlier,
        meter.valuesPutAside(),
        meter.watermark());
  }
}
