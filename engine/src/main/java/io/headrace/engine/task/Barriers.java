package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointingMode;
import java.time.Duration;
import java.util.Optional;

/** What a task does about barriers that have come from some of its inputs. One thread. */
interface Barriers {

  /** Those of a task, by the mode of its job. */
  static Barriers of(CheckpointingMode mode, int inputs) {
    return switch (mode) {
      case EXACTLY_ONCE -> new Alignment(inputs);
      case AT_LEAST_ONCE -> new BarrierCount(inputs);
    };
  }

  /** Whether nothing is to be taken from an input now. */
  boolean isWaiting(int input);

  /** Whether there is such an input. */
  boolean isAligning();

  /**
   * Takes a barrier.
   *
   * @param now the time on the clock of nanoseconds
   * @return how long after the first one it came, if it was the last one missing
   */
  Optional<Duration> barrierFrom(int input, CheckpointId checkpoint, long now);
}
