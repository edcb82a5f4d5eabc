package io.headrace.flink.connectors;

import io.headrace.api.Clock;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Services;
import io.headrace.api.Sink;
import io.headrace.api.plan.Node;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.NodeRef;
import io.headrace.flink.types.CodecSerializer;
import io.headrace.flink.types.DeclaredTypes;
import io.headrace.flink.types.PortableType;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.graph.StreamConfig;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.StreamTask;
import org.jspecify.annotations.Nullable;

/**
 * Commits the transactions of a sink: one task, which all its writers send to. What it is sent
 * before a barrier is part of its state at that barrier, and is committed when the checkpoint is
 * complete. What it throws fails the job: an outcome that is unknown is never taken for done.
 *
 * <p>Barriers must be aligned: one that overtakes values would leave transactions between the
 * writers and this.
 */
public final class SinkCommitterOperator extends AbstractStreamOperator<Object>
    implements OneInputStreamOperator<Object, Object> {

  private final NodeRef ref;
  private final PortableType type;
  private transient @Nullable Committer<Object> committer;
  private transient Services.@Nullable Open services;

  /** What it stores, which is known as long as this is kept. */
  @SuppressWarnings("UnusedVariable")
  private transient @Nullable DeclaredTypes types;

  private transient @Nullable ListState<Object> stored;
  private transient @Nullable Attempts attempts;
  private transient List<Object> sinceBarrier = new ArrayList<>();
  private transient NavigableMap<Long, List<Object>> byCheckpoint = new TreeMap<>();

  /**
   * The committer of a {@link Node.Sink}.
   *
   * @param type of its committables
   */
  public SinkCommitterOperator(NodeRef ref, PortableType type) {
    this.ref = ref;
    this.type = type;
  }

  /** Declares what is stored, before it is read. */
  @Override
  protected void setup(
      StreamTask<?, ?> task, StreamConfig config, Output<StreamRecord<Object>> output) {
    super.setup(task, config, output);
    types = DeclaredTypes.declare(List.of(type));
  }

  @Override
  @SuppressWarnings("unchecked") // Committables come from the same sink.
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    InPlan<Node.Sink> place = ref.resolve(Node.Sink.class);
    Node.Sink node = place.node();
    Sink<Object, Object> sink = (Sink<Object, Object>) node.sink();
    sinceBarrier = new ArrayList<>();
    byCheckpoint = new TreeMap<>();
    var store = context.getOperatorStateStore();
    Attempts its = Attempts.of(store, ref.recipe().lineage());
    attempts = its;
    ListState<Object> committables =
        store.getListState(
            new ListStateDescriptor<>("headrace.committables", new CodecSerializer<>(type)));
    stored = committables;
    List<Object> prepared = new ArrayList<>();
    committables.get().forEach(prepared::add);
    Services.Open usable = place.plan().services().open();
    services = usable;
    Committer<Object> open =
        sink.openCommitter(
            new ConnectorContext(
                place.plan().job(),
                its.lineage(),
                node.name(),
                0,
                its.current(),
                Clock.system(),
                usable));
    committer = open;
    open.recover(prepared);
  }

  @Override
  public void processElement(StreamRecord<Object> element) {
    sinceBarrier.add(element.getValue());
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    Objects.requireNonNull(attempts).snapshot(context.getCheckpointId());
    byCheckpoint.put(context.getCheckpointId(), sinceBarrier);
    sinceBarrier = new ArrayList<>();
    List<Object> uncommitted = new ArrayList<>();
    byCheckpoint.values().forEach(uncommitted::addAll);
    Objects.requireNonNull(stored).update(uncommitted);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    super.notifyCheckpointComplete(checkpoint);
    NavigableMap<Long, List<Object>> covered = byCheckpoint.headMap(checkpoint, true);
    List<Object> due = new ArrayList<>();
    covered.values().forEach(due::addAll);
    Objects.requireNonNull(committer).commit(due);
    covered.clear();
  }

  @Override
  public void close() throws Exception {
    try (Services.Open last = services;
        Committer<Object> closing = committer) {
      super.close();
    }
  }
}
