package io.headrace.micrometer;

import io.headrace.engine.coordinator.CheckpointStatus;
import io.headrace.engine.coordinator.RunStatus;
import io.headrace.engine.coordinator.TaskStatus;
import io.headrace.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run as it stood when somebody looked.
 *
 * @param at when that was
 */
record Sample(RunStatus status, Map<TaskId, TaskStatus> tasks, Instant at) {

  static Sample of(RunStatus status, Instant at) {
    return new Sample(
        status,
        status.tasks().stream().collect(Collectors.toMap(TaskStatus::id, Function.identity())),
        at);
  }

  /** Something of the last complete checkpoint; not a number before there is one. */
  double ofLastCheckpoint(Function<CheckpointStatus, Number> what) {
    return status.lastComplete().map(what).map(Number::doubleValue).orElse(Double.NaN);
  }

  /** A time of the last complete checkpoint, in seconds. */
  double secondsOfLastCheckpoint(Function<CheckpointStatus, Duration> what) {
    return ofLastCheckpoint(checkpoint -> seconds(what.apply(checkpoint)));
  }

  /**
   * How long ago a checkpoint was triggered, by the time of day: nothing, where that was set back
   * since.
   */
  Duration since(CheckpointStatus checkpoint) {
    Duration since = Duration.between(checkpoint.triggered(), at);
    return since.isNegative() ? Duration.ZERO : since;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
