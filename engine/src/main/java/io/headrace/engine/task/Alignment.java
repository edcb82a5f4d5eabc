package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a task wait behind a barrier until it has come from all of them (Carbone and
 * others, "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015). One thread.
 */
final class Alignment implements Barriers {

  private final int inputs;
  private final BitSet arrived = new BitSet();
  private @Nullable CheckpointId checkpoint;
  private long start;

  Alignment(int inputs) {
    this.inputs = inputs;
  }

  @Override
  public boolean isWaiting(int input) {
    return arrived.get(input);
  }

  @Override
  public boolean isAligning() {
    return checkpoint != null;
  }

  /** The last barrier missing lets all inputs go on. */
  @Override
  public Optional<Duration> barrierFrom(int input, CheckpointId next, long now) {
    Invariant.check(!arrived.get(input), "input %s sent a barrier while it waits", input);
    Invariant.check(
        checkpoint == null || checkpoint.equals(next),
        "input %s sent the barrier of checkpoint %s while that of %s is being aligned",
        input,
        next,
        checkpoint);
    if (checkpoint == null) {
      start = now;
      checkpoint = next;
    }
    arrived.set(input);
    if (arrived.cardinality() < inputs) {
      return Optional.empty();
    }
    arrived.clear();
    checkpoint = null;
    return Optional.of(Duration.ofNanos(now - start));
  }
}
