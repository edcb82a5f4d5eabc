package io.headrace.engine.task;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What became of a task's part in a checkpoint.
 *
 * @param contributions what was made durable
 * @param failure why the rest was not
 * @param timing how long it took, unless the checkpoint had been given up before its barrier came
 */
public record TaskSnapshot(
    List<Contribution> contributions, Optional<Exception> failure, Optional<Timing> timing) {

  /** Copies the list. */
  public TaskSnapshot {
    contributions = List.copyOf(contributions);
  }

  /**
   * How long a task's part took.
   *
   * @param firstBarrier when the first barrier came, on the clock of nanoseconds
   * @param alignment how long after it the last one came
   * @param setAside how long the task was kept from its work to set its state aside
   * @param write how long it took to make durable what was set aside
   */
  public record Timing(long firstBarrier, Duration alignment, Duration setAside, Duration write) {}

  /** The transactions among the contributions. */
  public List<Contribution.Transactions> transactions() {
    return contributions.stream()
        .filter(Contribution.Transactions.class::isInstance)
        .map(Contribution.Transactions.class::cast)
        .toList();
  }

  static TaskSnapshot skipped() {
    return new TaskSnapshot(List.of(), Optional.empty(), Optional.empty());
  }
}
