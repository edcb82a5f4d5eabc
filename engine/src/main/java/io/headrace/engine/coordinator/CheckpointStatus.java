package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What became of a checkpoint.
 *
 * @param triggered when it was asked for
 * @param duration from then until everything was committed, or until it was given up
 * @param bytes the size of its state files
 * @param entries the number of entries of keyed state
 * @param longestAlignment the longest that a task waited for its last barrier after its first
 * @param longestSetAside the longest that a task was kept from its work
 * @param failure why it was given up, if it was
 */
public record CheckpointStatus(
    CheckpointId id,
    Instant triggered,
    Duration duration,
    long bytes,
    long entries,
    Duration longestAlignment,
    Duration longestSetAside,
    Optional<String> failure) {

  /** Whether it is complete and its transactions are committed. */
  public boolean isComplete() {
    return failure.isEmpty();
  }
}
