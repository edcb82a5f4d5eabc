package io.headrace.engine.task;

import io.headrace.api.OperatorState;
import java.util.List;

/**
 * Counts the values that an operator of a task put aside: for checkpoints, so that one that is read
 * again after a failure is not counted again, and for whoever looks at the task. One thread.
 */
public final class PutAside {

  /** The sum of all elements is the count of all tasks. */
  public static final OperatorState<Long> COUNT =
      OperatorState.evenSplit(OperatorLists.OF_THE_ENGINE + "put-aside", Long.class);

  private final List<Long> stored;
  private final Meter meter;

  /**
   * A count that goes on from what the checkpoint says.
   *
   * @param states with {@link #COUNT}
   */
  PutAside(OperatorLists states, Meter meter) {
    this.stored = states.elements(COUNT);
    this.meter = meter;
    long restored = stored.stream().mapToLong(Long::longValue).sum();
    stored.clear();
    stored.add(0L);
    add(restored);
  }

  void add(long more) {
    stored.set(0, stored.get(0) + more);
    meter.putAside(more);
  }
}
