package io.headrace.engine.task;

import io.headrace.api.Clock;
import io.headrace.state.Times;
import java.time.Instant;

/** What the timers of a task go by. On its thread. */
record TaskClock(Track track, Clock clock) implements Times {

  @Override
  public long watermark() {
    return track.watermark();
  }

  @Override
  public Instant processingTime() {
    return clock.instant();
  }

  /** What fires at the end fires once: a process may register the next timer each time. */
  @Override
  public boolean mayRegisterProcessingTime() {
    return track.watermark() != END;
  }
}
