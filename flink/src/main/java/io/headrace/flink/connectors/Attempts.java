package io.headrace.flink.connectors;

import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * The lineage and the number of the attempt, as connectors know them. The number is one more than
 * the checkpoint that the attempt starts from: Flink has none that one attempt alone has and all
 * its tasks know, so that attempts from the same checkpoint have the same; nothing of one of them
 * was committed when the next starts.
 *
 * <p>Both are kept in state of its own, which every task of a later attempt gets, whatever the
 * parallelism: Flink tells the checkpoint only to tasks that have state.
 */
final class Attempts {

  /** There is one entry: the lineage, and the checkpoint that was taken last. */
  private final BroadcastState<String, Long> stored;

  private final String lineage;
  private final long restored;

  private Attempts(BroadcastState<String, Long> stored, String lineage, long restored) {
    this.stored = stored;
    this.lineage = lineage;
    this.restored = restored;
  }

  /**
   * Of the attempt that begins.
   *
   * @param lineage that it begins, if it starts empty
   */
  static Attempts of(OperatorStateStore store, String lineage) throws Exception {
    BroadcastState<String, Long> stored =
        store.getBroadcastState(
            new MapStateDescriptor<>(
                "headrace.attempts", StringSerializer.INSTANCE, LongSerializer.INSTANCE));
    for (var entry : stored.immutableEntries()) {
      return new Attempts(stored, entry.getKey(), entry.getValue());
    }
    return new Attempts(stored, lineage, 0);
  }

  /** What all attempts share that began with the same submission. */
  String lineage() {
    return lineage;
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
    stored.put(lineage, checkpoint);
  }
}
