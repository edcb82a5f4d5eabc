package io.headrace.engine.coordinator;

import io.headrace.engine.task.TaskSnapshot;
import java.time.Duration;
import java.util.OptionalLong;

/** Measures how long the phases of one checkpoint take. One thread. */
final class PhaseClock {

  private final long start;
  private Duration startDelay = Duration.ZERO;
  private Duration alignment = Duration.ZERO;
  private Duration setAside = Duration.ZERO;
  private Duration write = Duration.ZERO;
  private OptionalLong completing = OptionalLong.empty();
  private OptionalLong published = OptionalLong.empty();

  PhaseClock(long start) {
    this.start = start;
  }

  /** Takes what a task has measured. */
  void slowest(TaskSnapshot.Timing timing) {
    startDelay = longer(startDelay, Duration.ofNanos(timing.firstBarrier() - start));
    alignment = longer(alignment, timing.alignment());
    setAside = longer(setAside, timing.setAside());
    write = longer(write, timing.write());
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  void entered(CheckpointPhase phase, long now) {
    if (phase == CheckpointPhase.COMPLETING) {
      completing = OptionalLong.of(now);
    }
  }

  void published(long now) {
    published = OptionalLong.of(now);
  }

  CheckpointStatus.Phases phases(long now) {
    long publishing = completing.isEmpty() ? 0 : published.orElse(now) - completing.getAsLong();
    long committing = published.isEmpty() ? 0 : now - published.getAsLong();
    return new CheckpointStatus.Phases(
        startDelay,
        alignment,
        setAside,
        write,
        Duration.ofNanos(publishing),
        Duration.ofNanos(committing));
  }
}
