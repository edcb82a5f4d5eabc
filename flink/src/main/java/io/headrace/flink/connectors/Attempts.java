package io.headrace.flink.connectors;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * The number of the attempt, as connectors know it: one more than the checkpoint that it starts
 * from. Flink has no number that one attempt alone has and all its tasks know, so that attempts
 * from the same checkpoint have the same; nothing of one of them was committed when the next
 * starts.
 *
 * <p>The checkpoint is kept in state of its own, which every task of a later attempt gets, whatever
 * the parallelism: Flink tells it only to tasks that have state.
 */
final class Attempts {

  private static final String CHECKPOINT = "checkpoint";

  private final BroadcastState<String, Long> stored;
  private final long restored;

  private Attempts(BroadcastState<String, Long> stored, long restored) {
    this.stored = stored;
    this.restored = restored;
  }

  static Attempts of(OperatorStateStore store) throws Exception {
    BroadcastState<String, Long> stored =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "headrace.attempts", StringSerializer.INSTANCE, LongSerializer.INSTANCE));
    return new Attempts(stored, stored.contains(CHECKPOINT) ? stored.get(CHECKPOINT) : 0);
  }

  /** The checkpoint that this attempt starts from; 0 for none. */
  long restored() {
    return restored;
  }

  /** The number of this attempt. */
  long current() {
    return restored + 1;
  }

  /** A checkpoint is taken. */
  void snapshot(long checkpoint) throws Exception {
    stored.put(CHECKPOINT, checkpoint);
  }
}
