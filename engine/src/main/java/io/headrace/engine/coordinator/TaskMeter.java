package io.headrace.engine.coordinator;

import io.headrace.engine.task.AttemptTask;
import io.headrace.engine.task.Meter;
import io.headrace.engine.task.TaskId;

/** What is measured of a task; can be read after the task is gone. */
record TaskMeter(TaskId id, boolean isSource, Meter meter) {

  static TaskMeter of(AttemptTask task) {
    return new TaskMeter(task.id(), task.isSource(), task.meter());
  }

  TaskStatus status() {
    return new TaskStatus(id, isSource, meter.activity(), meter.count(), meter.valuesPutAside());
  }
}
