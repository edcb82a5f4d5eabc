package io.headrace.checkpoint;

import java.util.List;

/** What recovery makes of the facts. */
public sealed interface Decision {

  /**
   * The job starts empty.
   *
   * @param isFirst whether no job ever started in the directory
   */
  record StartEmpty(boolean isFirst) implements Decision {}

  /**
   * The job goes on from a checkpoint. Its transactions are committed first: some or all of them
   * may be already.
   *
   * @param passedOver newer checkpoints that are damaged; no sink can have committed them unless
   *     the job goes on below a commit
   * @param isBelowCommit whether later results may have been committed, and come again
   */
  record Restore(Manifest from, List<Facts.Damaged> passedOver, boolean isBelowCommit)
      implements Decision {
    /** Copies the list. */
    public Restore {
      passedOver = List.copyOf(passedOver);
    }
  }

  /**
   * The job must not start.
   *
   * @param message what was found, why it is refused, and what to do
   */
  record Refuse(String message) implements Decision {}
}
