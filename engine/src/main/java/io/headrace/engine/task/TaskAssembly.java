package io.headrace.engine.task;

import io.headrace.api.DeadLetter;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeySelector;
import io.headrace.api.OnFailure;
import io.headrace.api.OperatorState;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TimeDomain;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.api.plan.Processing;
import io.headrace.api.plan.StateDeclaration;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import io.headrace.state.BroadcastMaps;
import io.headrace.state.KeyedStates;
import io.headrace.state.TaskShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts one task together, from its outlets to its head. On a thread that may block. */
final class TaskAssembly {

  private final Parts parts;
  private final Vertex vertex;
  private final int index;
  private final TaskContext context;
  private final List<SnapshotStage> snapshotStages = new ArrayList<>();
  private final List<Outlet> outlets = new ArrayList<>();

  TaskAssembly(Parts parts, Vertex vertex, int index) {
    this.parts = parts;
    this.vertex = vertex;
    this.index = index;
    this.context =
        new TaskContext(
            new TaskId(vertex.name(), index),
            vertex.isBlocking(),
            parts.wiring.place(vertex, index),
            parts.attempt.host(),
            parts.attempt.reports(),
            parts.attempt.listener(),
            parts.attempt.files(),
            parts.attempt.mode(),
            new Meter(),
            new Track(parts.graph.plan().hasEventTime()));
  }

  /**
   * What the tasks of an attempt are put together from.
   *
   * @param resources holds the writers
   * @param reads gets what is left to be read
   * @param processes all that were made, by identity
   */
  record Parts(
      Graph graph,
      AttemptContext attempt,
      Restored restored,
      Wiring wiring,
      Resources resources,
      List<StateRead> reads,
      Set<Object> processes) {}

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  SourceTask.Started source(Node.Source node, SourceTask.Splits splits, OperatorLists states)
      throws Exception {
    snapshotStages.add(splits.own());
    states.isAnsweringIf(splits.own()::hasHadReader);
    snapshotStages.add(states);
    Optional<FailureGuard> guard = guard(node, DeadLetter.Stage.READ, List.of());
    Optional<SourceTime> time =
        node.eventTime()
            .map(
                strategy ->
                    new SourceTime((WatermarkStrategy<Object>) strategy, site(node), context));
    SourceTask.Output output = new SourceTask.Output(downstream(node, ""), guard, time);
    return SourceTask.of(context, splits, output, new Chain(snapshotStages, outlets));
  }

  AttemptTask operator() throws Exception {
    OperatorTask.Head head;
    if (vertex.head() instanceof Node.KeyedProcess process) {
      head = keyed(process);
    } else {
      Stage first = stage(vertex.head());
      head =
          batch -> {
            for (int i = 0; i < batch.size; i++) {
              if (batch.isTimed()) {
                context.track().happened(batch.timestamps[i]);
              }
              first.accept(batch.values[i]);
            }
          };
    }
    return OperatorTask.of(
        context, parts.wiring.inputs(vertex, index), head, new Chain(snapshotStages, outlets));
  }

  private Stage stage(Node node) throws Exception {
    if (node instanceof Node.Transform transform) {
      return transform(transform);
    }
    if (node instanceof Node.Sink sink) {
      SinkStage stage = sink(sink);
      return guarded(stage, guard(node, DeadLetter.Stage.WRITE, List.of()));
    }
    throw new IllegalArgumentException("node " + node.name() + " cannot be fused");
  }

  private Stage transform(Node.Transform node) throws Exception {
    HeldBack out = new HeldBack(downstream(node, ""));
    Optional<FailureGuard> guard = guard(node, DeadLetter.Stage.PROCESS, List.of(out));
    Stage next = guard.isPresent() ? out : out.next();
    return guarded(TransformStages.of(site(node), node.transformation(), next), guard);
  }

  private static Stage guarded(Stage stage, Optional<FailureGuard> guard) {
    return guard.<Stage>map(each -> new GuardedStage(stage, each)).orElse(stage);
  }

  /** What becomes of values that an operator fails on; empty where they fail the job. */
  private Optional<FailureGuard> guard(Node node, DeadLetter.Stage stage, List<HeldBack> outputs)
      throws Exception {
    OnFailure fate = node.options().onFailure();
    if (fate == OnFailure.FAIL) {
      return Optional.empty();
    }
    Optional<Stage> deadLetters =
        fate == OnFailure.DEAD_LETTER
            ? Optional.of(downstream(node, DeadLetter.OUTPUT.name()))
            : Optional.empty();
    OperatorLists states = operatorState(node, List.of(PutAside.COUNT));
    snapshotStages.add(states);
    PutAside count = new PutAside(states, context.meter());
    return Optional.of(new FailureGuard(site(node), stage, deadLetters, outputs, count));
  }

  private OperatorLists operatorState(Node node, List<OperatorState<?>> declared) {
    TaskId task = new TaskId(node.name(), index);
    return OperatorLists.of(task, declared, vertex.parallelism(), parts.restored);
  }

  private CallSite site(Node node) {
    return new CallSite(node.name(), context.id(), context.track(), () -> codec(node));
  }

  /** Of the values that it reads, or takes at the moment. */
  private Codec<Object> codec(Node node) {
    if (node instanceof Node.Source source) {
      return Codecs.of(source.source().type().type());
    }
    boolean isHead = node.id().equals(vertex.head().id()); // Others take one stream.
    return codec(node.inputs().get(isHead ? context.track().stream() : 0));
  }

  private static Codec<Object> codec(Input input) {
    return Codecs.of(input.type().orElseThrow());
  }

  @SuppressWarnings("unchecked") // A sink agrees with itself.
  private SinkStage sink(Node.Sink node) throws Exception {
    Sink<Object, Object> sink = (Sink<Object, Object>) node.sink();
    OperatorLists states = operatorState(node, sink.operatorStates());
    SinkWriter<Object, Object> writer = openWriter(node, sink, states);
    parts.resources.hold(
        () -> {
          try {
            writer.close();
          } catch (Exception thrown) {
            throw Connectors.failed(node, "close a writer in " + named(), thrown);
          }
        });
    SinkStage stage = new SinkStage(site(node), writer, Codecs.of(sink.committableType().type()));
    snapshotStages.add(stage);
    snapshotStages.add(states);
    return stage;
  }

  private String named() {
    return "task \"" + context.id() + "\"";
  }

  private SinkWriter<Object, Object> openWriter(
      Node.Sink node, Sink<Object, Object> sink, OperatorLists states) {
    try {
      return sink.openWriter(parts.attempt.connector(states));
    } catch (Exception thrown) {
      throw Connectors.failed(node, "open a writer in " + named(), thrown);
    }
  }

  private OperatorTask.Head keyed(Node.KeyedProcess node) throws Exception {
    LogNames.task(new TaskId(node.name(), index));
    HashRange range = HashRange.ofTask(index, vertex.parallelism());
    boolean isGuarded = node.options().onFailure() != OnFailure.FAIL;
    KeyedStates<Object> states = states(node, range, isGuarded);
    BroadcastMaps maps =
        new BroadcastMaps(node.name(), parts.attempt.budget(), parts.attempt.host().random());
    Processing process = process(node, states, maps);
    readLater(node, states, range);
    if (node.states().contains(StateDeclaration.TIMERS)) {
      OperatorLists floors = operatorState(node, List.of(WatermarkFloor.WATERMARKS));
      snapshotStages.add(new WatermarkFloor(floors, context.track()));
    }
    List<HeldBack> heldBack = new ArrayList<>();
    Map<String, Stage> sides = new HashMap<>();
    for (String side : sides(node.id())) {
      sides.put(side, output(node, side, isGuarded, heldBack));
    }
    Stage main = output(node, "", isGuarded, heldBack);
    Optional<FailureGuard> guard = guard(node, DeadLetter.Stage.PROCESS, heldBack);
    KeyedStage stage =
        new KeyedStage(site(node), states, process, new KeyedStage.Outputs(main, sides), guard);
    snapshotStages.add(stage);
    return process.onBroadcast().isPresent()
        ? broadcast(node, stage, maps, process.onBroadcast().get(), guard)
        : stage;
  }

  private BroadcastStage broadcast(
      Node.KeyedProcess node,
      KeyedStage keyed,
      BroadcastMaps maps,
      Processing.OnBroadcast process,
      Optional<FailureGuard> guard) {
    readLater(node, maps.tables(), HashRange.ALL);
    BroadcastStage stage =
        new BroadcastStage(
            keyed,
            maps,
            new BroadcastStage.Side(site(node), process, node.keyed().size(), index == 0),
            guard);
    snapshotStages.add(stage);
    return stage;
  }

  private void readLater(Node.KeyedProcess node, KeyedStates<?> states, HashRange range) {
    if (parts.restored.bytes() > 0) {
      parts.reads.add(() -> read(node, states, range));
    }
  }

  private void read(Node.KeyedProcess node, KeyedStates<?> states, HashRange range)
      throws IOException {
    LogNames.task(new TaskId(node.name(), index));
    try {
      parts.restored.readState(node.name(), states, range);
      // Orders the timers here, where it may take long.
      states.firing().ifPresent(timers -> timers.next(TimeDomain.EVENT_TIME));
    } catch (HeadraceException named) {
      throw named.ofOperator(node.name());
    }
  }

  private KeyedStates<Object> states(Node.KeyedProcess node, HashRange range, boolean isUndoable) {
    Host host = parts.attempt.host();
    TaskClock clock = new TaskClock(context.track(), host.clock());
    TaskShare share = new TaskShare(range, parts.attempt.budget(), host.random(), clock);
    return isUndoable
        ? KeyedStates.undoable(node.name(), keys(node), share)
        : new KeyedStates<>(node.name(), keys(node), share);
  }

  private Processing process(
      Node.KeyedProcess node, KeyedStates<Object> states, BroadcastMaps maps) {
    Processing process;
    try {
      process =
          Processing.of(
              node.factory(),
              new ProcessStates(node.name(), states, maps, parts.attempt.services()));
    } catch (RuntimeException thrown) {
      throw site(node).factoryFailed(thrown);
    }
    states.seal();
    maps.seal();
    checkMade(node, process.made());
    checkDeclared(node, node.keyedStates(), states.declarations());
    checkDeclared(node, node.broadcastStates(), maps.declarations());
    return process;
  }

  /** Plan and restore rely on what a factory promises: the same states for each task. */
  private void checkMade(Node.KeyedProcess node, Object process) {
    boolean isFunction = process.getClass().isHidden(); // Of a lambda without fields there is one.
    if (!parts.processes.add(process) && !isFunction) {
      throw broken(
          node, "returned the same process for two tasks, which would share its fields and state");
    }
  }

  private static void checkDeclared(
      Node.KeyedProcess node, List<StateDeclaration> planned, List<StateDeclaration> declared) {
    if (!declared.equals(planned)) {
      throw broken(
          node, "declared the states " + planned + " in the plan, but " + declared + " in a task");
    }
  }

  private static HeadraceException broken(Node node, String what) {
    return new HeadraceException(
            ErrorCode.INVALID_JOB,
            "The factory of operator \""
                + node.name()
                + "\" "
                + what
                + ". Have it make a new process on each call, such as Process::new, whose"
                + " constructor always declares the same states.")
        .ofOperator(node.name());
  }

  private Stage output(Node node, String side, boolean isHeldBack, List<HeldBack> heldBack)
      throws Exception {
    Stage next = downstream(node, side);
    if (!isHeldBack) {
      return next;
    }
    HeldBack output = new HeldBack(next);
    heldBack.add(output);
    return output;
  }

  private List<String> sides(NodeId producer) {
    return parts.graph.vertices().stream()
        .flatMap(each -> each.nodes().stream())
        .flatMap(node -> parts.graph.inputs(node).stream())
        .filter(input -> input.from().equals(producer) && input.side().isPresent())
        .map(Graph::sideOf)
        .filter(side -> !side.equals(DeadLetter.OUTPUT.name()))
        .distinct()
        .toList();
  }

  /** What follows an output of a node: other stages of this task, outlets, or nothing. */
  private Stage downstream(Node node, String side) throws Exception {
    List<Stage> stages = new ArrayList<>();
    List<Graph.Use> uses = parts.graph.uses(node.id(), side);
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
      default -> FanOut.to(site(node), stages, Codecs.of(uses.get(0).input().type().orElseThrow()));
    };
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private Outlet outlet(Graph.Use use) {
    Lanes lanes = new Lanes(parts.wiring.outputs(index, use));
    if (use.consumer() instanceof Node.KeyedProcess process && process.isBroadcast(use.stream())) {
      return new BroadcastOutlet(lanes, use.stream(), codec(use.input()), context.track());
    }
    return use.consumer() instanceof Node.KeyedProcess process
        ? new KeyedOutlet(
            lanes,
            new KeyedOutlet.Keying(
                new CallSite(
                    process.name(), context.id(), context.track(), () -> codec(use.input())),
                (KeySelector<Object, Object>) process.keyed().get(use.stream()).selector(),
                keys(process),
                use.stream(),
                process.options().onFailure() != OnFailure.FAIL),
            context.track())
        : new PlainOutlet(lanes, context.track());
  }

  private KeyCodec<Object> keys(Node.KeyedProcess process) {
    return Codecs.keyOf(process.keyType().orElseThrow());
  }
}
