package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.Optional;

/** Counts checkpoints that failed without a complete one between them. One thread. */
final class FailuresInARow {

  private final int tolerable;
  private int count;

  /**
   * @param tolerable how many are tolerated
   */
  FailuresInARow(int tolerable) {
    this.tolerable = tolerable;
  }

  void end() {
    count = 0;
  }

  /** Counts one more. Returns why the attempt cannot go on, if it was one too many. */
  Optional<HeadraceException> add(CheckpointId checkpoint, String reason, Throwable cause) {
    if (count < tolerable) {
      count++;
      return Optional.empty();
    }
    return Optional.of(
        new HeadraceException(
            ErrorCode.CHECKPOINT_FAILED,
            "Checkpoint "
                + checkpoint
                + " failed: "
                + reason
                + ". "
                + (tolerable == 0
                    ? "None may fail"
                    : "So did the " + tolerable + " before it, and no more may fail in a row")
                + " (tolerableFailures). Mend the cause, or tolerate more.",
            cause));
  }
}
