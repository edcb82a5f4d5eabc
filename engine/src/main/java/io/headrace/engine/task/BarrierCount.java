package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.time.Duration;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From which inputs of a task the barrier of each checkpoint has come. No input ever waits: what
 * comes behind the first barrier and before the last is in the snapshot, though it is read again
 * after a restart. Barriers of several checkpoints may have come in part. One thread.
 */
final class BarrierCount implements Barriers {

  private final int inputs;
  private final NavigableMap<CheckpointId, Arrived> partly = new TreeMap<>();

  BarrierCount(int inputs) {
    this.inputs = inputs;
  }

  /** The inputs that have sent a barrier, and when the first one came. */
  private record Arrived(BitSet from, long first) {}

  @Override
  public boolean isWaiting(int input) {
    return false;
  }

  @Override
  public boolean isAligning() {
    return false;
  }

  @Override
  public Optional<Duration> barrierFrom(int input, CheckpointId checkpoint, long now) {
    Arrived arrived =
        partly.computeIfAbsent(checkpoint, any -> new Arrived(new BitSet(inputs), now));
    Invariant.check(
        !arrived.from().get(input),
        "input %s sent the barrier of checkpoint %s twice",
        input,
        checkpoint);
    arrived.from().set(input);
    if (arrived.from().cardinality() < inputs) {
      return Optional.empty();
    }
    // Each input sends its barriers in order, so that an older one cannot be missing.
    Invariant.check(
        partly.firstKey().equals(checkpoint),
        "the barriers of checkpoint %s have all come before those of checkpoint %s",
        checkpoint,
        partly.firstKey());
    partly.remove(checkpoint);
    return Optional.of(Duration.ofNanos(now - arrived.first()));
  }
}
