package io.headrace.engine.coordinator;

import io.headrace.api.Settings;
import java.util.OptionalLong;

/**
 * Whether it is time for the next checkpoint. Pure: what it knows is what it is given. Times are
 * those of {@link io.headrace.api.Clock#nanoTime}.
 *
 * @param settings interval and pause
 */
record TriggerPolicy(Settings.Checkpoints settings) {

  /**
   * Whether to trigger now.
   *
   * @param isUnderWay whether one is under way
   * @param isWanted whether one is wanted at once: at the end of input, or to stop
   * @param lastStart when the last one of this attempt was triggered, or the attempt began
   * @param lastEnd when the last one ended, if there was one
   */
  boolean isDue(
      long now, boolean isUnderWay, boolean isWanted, long lastStart, OptionalLong lastEnd) {
    if (isUnderWay) {
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
