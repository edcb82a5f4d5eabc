package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointSettings;
import java.util.OptionalLong;

/**
 * Whether it is time for the next checkpoint. Pure: what it knows is what it is given. Times are
 * those of {@link io.headrace.api.Clock#nanoTime}.
 *
 * @param settings interval and pause
 */
record TriggerPolicy(CheckpointSettings settings) {

  /**
   * Whether to trigger now.
   *
   * @param hasRoom whether fewer are under way than may be
   * @param isWanted whether one is wanted at once: at the end of input, to stop, or on demand
   * @param lastStart when the last one of this attempt was triggered, or the attempt began
   * @param lastEnd when the last one ended, if there was one
   */
  boolean isDue(long now, boolean hasRoom, boolean isWanted, long lastStart, OptionalLong lastEnd) {
    if (!hasRoom) {
      return false;
    }
    if (isWanted) {
      return true;
    }
    boolean hasRested =
        lastEnd.isEmpty() || now - lastEnd.getAsLong() >= settings.minPause().toNanos();
    return hasRested && now - lastStart >= settings.interval().toNanos();
  }
}
