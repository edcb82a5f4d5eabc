package io.headrace.engine.task;

import io.headrace.api.ConnectorContext;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeySelector;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.OperatorState;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.States;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.codec.Codecs;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import io.headrace.state.KeyedStates;
import io.headrace.state.TaskShare;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the tasks of an attempt: opens readers and writers, reads state, and puts the stages of
 * each task together. On a thread that may block.
 */
public final class TaskBuilder {

  private final Graph graph;
  private final AttemptContext attempt;
  private final Restored restored;
  private final Wiring wiring;
  private final Resources resources = new Resources();

  private TaskBuilder(Graph graph, AttemptContext attempt, Restored restored) {
    this.graph = graph;
    this.attempt = attempt;
    this.restored = restored;
    this.wiring = new Wiring(graph, attempt.host());
  }

  /** The tasks of an attempt. When this throws, nothing is left open. */
  public static AttemptTasks build(Graph graph, AttemptContext attempt, Restored restored)
      throws Exception {
    TaskBuilder builder = new TaskBuilder(graph, attempt, restored);
    try {
      return builder.build();
    } catch (Exception | Error failure) {
      try {
        builder.resources.close();
      } catch (Exception alsoFailed) {
        failure.addSuppressed(alsoFailed);
      }
      throw failure;
    }
  }

  private AttemptTasks build() throws Exception {
    List<AttemptTask> tasks = new ArrayList<>();
    List<SourceTask.Started> sources = new ArrayList<>();
    for (Vertex vertex : graph.vertices()) {
      try {
        build(vertex, tasks, sources);
      } catch (HeadraceException named) {
        throw named.ofOperator(vertex.name());
      }
    }
    return new AttemptTasks(tasks, sources, resources);
  }

  private void build(Vertex vertex, List<AttemptTask> tasks, List<SourceTask.Started> sources)
      throws Exception {
    if (vertex.head() instanceof Node.Source source) {
      for (SourceTask.Started started : sources(vertex, source)) {
        sources.add(started);
        tasks.add(started.task());
      }
      return;
    }
    for (int index = 0; index < vertex.parallelism(); index++) {
      tasks.add(new Assembly(vertex, index).operator());
    }
  }

  private List<SourceTask.Started> sources(Vertex vertex, Node.Source node) throws Exception {
    List<OperatorLists> states = new ArrayList<>();
    for (int index = 0; index < vertex.parallelism(); index++) {
      TaskId task = new TaskId(node.name(), index);
      states.add(operatorState(task, node.source().operatorStates(), vertex.parallelism()));
    }
    List<ConnectorContext> contexts = states.stream().map(this::connector).toList();
    Enumerator enumerator = new Enumerator(node, attempt, contexts, resources);
    List<TaskSplits> splits = enumerator.open(restored.positions(node.name()));
    List<SourceTask.Started> started = new ArrayList<>();
    for (int index = 0; index < vertex.parallelism(); index++) {
      SourceTask.Splits own = new SourceTask.Splits(splits.get(index), enumerator);
      started.add(new Assembly(vertex, index).source(node, own, states.get(index)));
    }
    enumerator.connect(started);
    return started;
  }

  /** The operator state of one task of a source or sink, as the checkpoint gives it. */
  private OperatorLists operatorState(
      TaskId task, List<OperatorState<?>> declared, int parallelism) {
    OperatorLists lists = new OperatorLists(task);
    for (OperatorState<?> state : declared) {
      lists.restore(state, restored.elements(task.operators(), state.name()), parallelism);
    }
    return lists;
  }

  private ConnectorContext connector(OperatorLists states) {
    return new ConnectorContext(
        attempt.job(),
        states.task().operators(),
        states.task().index(),
        attempt.attempt(),
        attempt.host().clock(),
        states);
  }

  /** Puts one task together, from its outlets to its head. */
  private final class Assembly {

    private final Vertex vertex;
    private final int index;
    private final TaskContext context;
    private final List<SnapshotStage> snapshotStages = new ArrayList<>();
    private final List<Outlet> outlets = new ArrayList<>();

    Assembly(Vertex vertex, int index) {
      this.vertex = vertex;
      this.index = index;
      this.context =
          new TaskContext(
              new TaskId(vertex.name(), index),
              wiring.place(vertex, index),
              attempt.host(),
              attempt.reports(),
              attempt.listener(),
              attempt.files(),
              attempt.mode());
    }

    SourceTask.Started source(Node.Source node, SourceTask.Splits splits, OperatorLists states)
        throws Exception {
      snapshotStages.add(splits.own());
      snapshotStages.add(states);
      Downstream downstream = new Downstream(node.name(), downstream(node, ""));
      return SourceTask.of(context, splits, downstream, new Chain(snapshotStages, outlets));
    }

    AttemptTask operator() throws Exception {
      OperatorTask.Head head;
      if (vertex.head() instanceof Node.KeyedProcess process) {
        head = keyed(process)::process;
      } else {
        Stage first = stage(vertex.head());
        head =
            batch -> {
              for (int i = 0; i < batch.size; i++) {
                first.accept(batch.values[i]);
              }
            };
      }
      return OperatorTask.of(
          context, wiring.inputs(vertex, index), head, new Chain(snapshotStages, outlets));
    }

    private Stage stage(Node node) throws Exception {
      if (node instanceof Node.Transform transform) {
        return TransformStages.of(node.name(), transform.transformation(), downstream(node, ""));
      }
      if (node instanceof Node.Sink sink) {
        return sink(sink);
      }
      throw new IllegalArgumentException("node " + node.name() + " cannot be fused");
    }

    @SuppressWarnings("unchecked") // A sink agrees with itself.
    private SinkStage sink(Node.Sink node) throws Exception {
      Sink<Object, Object> sink = (Sink<Object, Object>) node.sink();
      OperatorLists states =
          operatorState(
              new TaskId(node.name(), index), sink.operatorStates(), vertex.parallelism());
      SinkWriter<Object, Object> writer = openWriter(node, sink, states);
      resources.hold(writer);
      SinkStage stage =
          new SinkStage(node.name(), writer, Codecs.of(sink.committableType().type()));
      snapshotStages.add(stage);
      snapshotStages.add(states);
      return stage;
    }

    private SinkWriter<Object, Object> openWriter(
        Node.Sink node, Sink<Object, Object> sink, OperatorLists states) {
      try {
        return sink.openWriter(connector(states));
      } catch (Exception thrown) {
        throw Connectors.failed(node, "open a writer", thrown);
      }
    }

    @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
    private KeyedStage keyed(Node.KeyedProcess node) throws Exception {
      HashRange range = HashRange.ofTask(index, vertex.parallelism());
      KeyedStates<Object> states =
          new KeyedStates<>(
              node.name(),
              keys(node.keyed()),
              new TaskShare(range, attempt.budget(), attempt.host().random()));
      KeyedProcess<Object, Object, Object> process =
          ((KeyedProcessFactory<Object, Object, Object>) node.factory()).create((States) states);
      states.seal();
      restored.readState(node.name(), states, range);
      Map<String, Stage> sides = new HashMap<>();
      for (String side : sides(node.id())) {
        sides.put(side, downstream(node, side));
      }
      KeyedStage stage =
          new KeyedStage(
              node.name(),
              states,
              process,
              new Downstream(node.name(), downstream(node, "")),
              sides);
      snapshotStages.add(stage);
      return stage;
    }

    private List<String> sides(NodeId producer) {
      return graph.vertices().stream()
          .flatMap(each -> each.nodes().stream())
          .flatMap(node -> graph.inputs(node).stream())
          .filter(input -> input.from().equals(producer) && input.side().isPresent())
          .map(Graph::sideOf)
          .distinct()
          .toList();
    }

    /** What follows an output of a node: other stages of this task, outlets, or nothing. */
    private Stage downstream(Node node, String side) throws Exception {
      List<Stage> stages = new ArrayList<>();
      List<Graph.Use> uses = graph.uses(node.id(), side);
      for (Graph.Use use : uses) {
        if (vertex.contains(use.consumer().id())) {
          stages.add(stage(use.consumer()));
        } else {
          Outlet outlet = outlet(use);
          outlets.add(outlet);
          stages.add(outlet);
        }
      }
      return switch (stages.size()) {
        case 0 -> value -> {};
        case 1 -> stages.get(0);
        default ->
            FanOut.to(node.name(), stages, Codecs.of(uses.get(0).input().type().orElseThrow()));
      };
    }

    @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
    private Outlet outlet(Graph.Use use) {
      Lanes lanes = new Lanes(wiring.outputs(index, use));
      return use.consumer() instanceof Node.KeyedProcess process
          ? new KeyedOutlet(
              lanes,
              process.name(),
              (KeySelector<Object, Object>) process.keyed().selector(),
              keys(process.keyed()))
          : new PlainOutlet(lanes);
    }

    private KeyCodec<Object> keys(Node.Keyed keyed) {
      return Codecs.keyOf(keyed.keyType().orElseThrow());
    }
  }
}
