package io.headrace.flink.connectors;

import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.DeadLetter;
import io.headrace.api.Services;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.plan.Node;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.flink.operators.Guard;
import io.headrace.flink.operators.Notifications;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.NodeRef;
import io.headrace.flink.types.CodecTypeInformation;
import java.util.Objects;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of one task of a sink. What commits its transactions goes, before the barrier
 * of their checkpoint, to the one {@link SinkCommitterOperator}. The thread of the task.
 */
public final class SinkWriterOperator extends AbstractStreamOperator<Object>
    implements OneInputStreamOperator<Object, Object>, BoundedOneInput {

  private static final OutputTag<DeadLetter> LETTERS =
      new OutputTag<>(DeadLetter.OUTPUT.name(), CodecTypeInformation.of(DeadLetter.class));

  private final NodeRef ref;
  private transient @Nullable SinkWriter<Object, Object> writer;
  private transient Node.@Nullable Sink node;
  private transient @Nullable Guard guard;
  private transient @Nullable Attempts attempts;
  private transient Services.@Nullable Open services;
  private transient long lastCheckpoint;
  private transient boolean hasEnded;

  /** The writer of a {@link Node.Sink}. */
  public SinkWriterOperator(NodeRef ref) {
    this.ref = ref;
  }

  @Override
  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    InPlan<Node.Sink> place = ref.resolve(Node.Sink.class);
    Node.Sink sink = place.node();
    node = sink;
    guard = new Guard(sink, DeadLetter.Stage.WRITE, getMetricGroup().counter("failuresPutAside"));
    Attempts its = Attempts.of(context.getOperatorStateStore(), ref.recipe().lineage());
    attempts = its;
    lastCheckpoint = its.restored();
    Services.Open usable = place.plan().services().open();
    services = usable;
    writer =
        ((Sink<Object, Object>) sink.sink())
            .openWriter(
                new ConnectorContext(
                    place.plan().job(),
                    its.lineage(),
                    sink.name(),
                    getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
                    its.current(),
                    Clock.system(),
                    usable));
  }

  private SinkWriter<Object, Object> writer() {
    return Objects.requireNonNull(writer, "not initialized");
  }

  @Override
  public void processElement(StreamRecord<Object> element) {
    Guard judge = Objects.requireNonNull(guard, "not initialized");
    Object value = element.getValue();
    try {
      writer().write(value);
    } catch (Exception thrown) {
      DeadLetter letter = judge.putAside(value, codec(value), judge.writeFailure(thrown));
      output.collect(LETTERS, new StreamRecord<>(letter));
    }
  }

  private Codec<Object> codec(Object value) {
    return Codecs.of(
        Objects.requireNonNull(node, "not initialized").input().type().orElse(value.getClass()));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Objects.requireNonNull(attempts, "not initialized").snapshot(context.getCheckpointId());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    super.prepareSnapshotPreBarrier(checkpoint);
    if (!hasEnded) {
      prepare(checkpoint);
    }
  }

  /** After this nothing can be sent any more, so the last transaction ends here. */
  @Override
  public void endInput() throws Exception {
    prepare(lastCheckpoint + 1);
    hasEnded = true;
  }

  private void prepare(long checkpoint) throws Exception {
    lastCheckpoint = checkpoint;
    for (Object committable : writer().prepare(new CheckpointId(checkpoint)).makeDurable()) {
      output.collect(new StreamRecord<>(committable));
    }
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    Notifications.complete(writer(), checkpoint);
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    super.notifyCheckpointAborted(checkpoint);
    Notifications.aborted(writer(), checkpoint);
  }

  @Override
  public void close() throws Exception {
    try (Services.Open last = services;
        SinkWriter<Object, Object> closing = writer) {
      super.close();
    }
  }
}
