package io.headrace.flink.operators;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.WritableBroadcastState;
import io.headrace.codec.Millis;
import java.time.Instant;
import java.util.Optional;

/**
 * The context of a value that is broadcast.
 *
 * @param time when it happened, in milliseconds
 */
record OnBroadcast(long time) implements BroadcastContext {

  @Override
  public Optional<Instant> timestamp() {
    return time == Outputs.NO_TIMESTAMP ? Optional.empty() : Optional.of(Millis.time(time));
  }

  @Override
  @SuppressWarnings("unchecked") // Broadcast states are all of this class.
  public <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state) {
    return (FlinkBroadcastState<M, V>) state;
  }
}
