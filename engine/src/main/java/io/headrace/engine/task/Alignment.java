package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which inputs of a task wait behind a barrier until it has come from all of them (Carbone and
 * others, "Lightweight Asynchronous Snapshots for Distributed Dataflows", 2015). One thread.
 */
final class Alignment {

  private final int inputs;
  private final BitSet arrived = new BitSet();
  private @Nullable CheckpointId checkpoint;

  Alignment(int inputs) {
    this.inputs = inputs;
  }

  boolean isWaiting(int input) {
    return arrived.get(input);
  }

  boolean isIdle() {
    return checkpoint == null;
  }

  /** Takes a barrier. Returns whether it was the last one missing: then all inputs go on. */
  boolean barrierFrom(int input, CheckpointId next) {
    Invariant.check(!arrived.get(input), "input %s sent a barrier while it waits", input);
    Invariant.check(
        checkpoint == null || checkpoint.equals(next),
        "input %s sent the barrier of checkpoint %s while that of %s is being aligned",
        input,
        next,
        checkpoint);
    checkpoint = next;
    arrived.set(input);
    if (arrived.cardinality() < inputs) {
      return false;
    }
    arrived.clear();
    checkpoint = null;
    return true;
  }
}
