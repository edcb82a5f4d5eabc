package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a checkpoint.
 *
 * @param triggered when it was asked for
 * @param duration from then until everything was committed, or until it was given up or its attempt
 *     ended
 * @param bytes the size of its state files
 * @param entries the number of entries of keyed state
 * @param phases how long its phases took
 * @param failure why it was given up, if it was: by itself, or since its attempt ended. One whose
 *     commit failed says that it is complete on disk nevertheless
 * @param subsumedBy the later checkpoint that was complete before it, if there was one
 */
public record CheckpointStatus(
    CheckpointId id,
    Instant triggered,
    Duration duration,
    long bytes,
    long entries,
    Phases phases,
    Optional<String> failure,
    Optional<CheckpointId> subsumedBy) {

  /** Whether it is complete and its transactions are committed. */
  public boolean isComplete() {
    return failure.isEmpty() && subsumedBy.isEmpty();
  }

  /**
   * How long the phases of a checkpoint took; zero for those that it did not reach. The first four
   * are each that of the task where it took longest.
   *
   * @param startDelay from the trigger until the first barrier came to a task
   * @param alignment from the first barrier until the last came to the task
   * @param setAside how long the task was kept from its work
   * @param write until what it had set aside was durable
   * @param publish until the manifest was durable
   * @param commit until everything was committed and old checkpoints were deleted
   */
  public record Phases(
      Duration startDelay,
      Duration alignment,
      Duration setAside,
      Duration write,
      Duration publish,
      Duration commit) {}
}
