package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import java.util.List;
import java.util.Optional;

/**
 * A run as it stood at one moment.
 *
 * @param state what it is up to
 * @param isLive whether no operator is stuck beyond the limit of the watchdog, and the run has not
 *     failed
 * @param attempt the number of the current attempt; 0 before the first
 * @param restoredFrom the checkpoint that the current attempt started from
 * @param tasks all tasks of the job, as they are in the current attempt, or were in the last one
 * @param memory what keyed state takes in that attempt
 * @param checkpoints the last checkpoints of the run, the newest last; the last complete one is
 *     among them, however long ago that was
 * @param complete how many checkpoints of the run are complete
 * @param givenUp how many were given up, or not committed, by themselves or since their attempt
 *     ended
 * @param restarts how often the run was restarted
 * @param lastFailure what ended the last attempt that failed
 */
public record RunStatus(
    RunPhase phase,
    RunState state,
    boolean isLive,
    long attempt,
    Optional<CheckpointId> restoredFrom,
    List<TaskStatus> tasks,
    StateMemory memory,
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

  /**
   * How many values operators failed on that did not fail the job, since it began on its directory:
   * one that is read again after a restart is counted once, as it is put aside once.
   */
  public long putAside() {
    return tasks.stream().mapToLong(TaskStatus::putAside).sum();
  }

  /**
   * The memory of keyed state, in bytes.
   *
   * @param used how much its tables take
   * @param limit how much they may take
   */
  public record StateMemory(long used, long limit) {}

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
