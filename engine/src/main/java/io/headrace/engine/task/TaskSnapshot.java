package io.headrace.engine.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a task's part in a checkpoint.
 *
 * @param contributions what was made durable
 * @param failure why the rest was not
 * @param alignment how long the task waited for the last barrier after the first
 * @param setAside how long the task was kept from its work to set its state aside
 * @param written how long writing took
 * @param isSkipped whether the checkpoint had been given up before the barrier came
 */
public record TaskSnapshot(
    List<Contribution> contributions,
    Optional<Exception> failure,
    Duration alignment,
    Duration setAside,
    Duration written,
    boolean isSkipped) {

  /** Copies the list. */
  public TaskSnapshot {
    contributions = List.copyOf(contributions);
  }

  static TaskSnapshot skipped() {
    return new TaskSnapshot(
        List.of(), Optional.empty(), Duration.ZERO, Duration.ZERO, Duration.ZERO, true);
  }
}
