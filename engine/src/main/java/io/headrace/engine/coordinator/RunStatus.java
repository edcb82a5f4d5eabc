package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import java.util.List;
import java.util.Optional;

/**
 * A run as it stood at one moment.
 *
 * @param attempt the number of the current attempt; 0 before the first
 * @param restoredFrom the checkpoint that the current attempt started from
 * @param tasks the tasks of the current attempt, or of the last one when there is none
 * @param checkpoints the last checkpoints of the run, the newest last
 * @param complete how many checkpoints of the run are complete
 * @param givenUp how many were given up
 * @param restarts how often the run was restarted
 * @param lastFailure what ended the last attempt that failed
 */
public record RunStatus(
    RunPhase phase,
    long attempt,
    Optional<CheckpointId> restoredFrom,
    List<TaskStatus> tasks,
    List<CheckpointStatus> checkpoints,
    long complete,
    long givenUp,
    int restarts,
    Optional<Throwable> lastFailure) {

  /** Copies the lists. */
  public RunStatus {
    tasks = List.copyOf(tasks);
    checkpoints = List.copyOf(checkpoints);
  }

  /** The values read by all sources in that attempt. */
  public long records() {
    return tasks.stream().filter(TaskStatus::isSource).mapToLong(TaskStatus::records).sum();
  }

  /** How many values operators failed on in that attempt, which did not fail the job. */
  public long putAside() {
    return tasks.stream().mapToLong(TaskStatus::putAside).sum();
  }

  /** The last complete checkpoint of this run. */
  public Optional<CheckpointStatus> lastComplete() {
    for (int i = checkpoints.size() - 1; i >= 0; i--) {
      if (checkpoints.get(i).isComplete()) {
        return Optional.of(checkpoints.get(i));
      }
    }
    return Optional.empty();
  }
}
