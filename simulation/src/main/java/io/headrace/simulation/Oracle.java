package io.headrace.simulation;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.ConnectorContext;
import io.headrace.api.DeadLetter;
import io.headrace.api.FilterFunction;
import io.headrace.api.FlatMapFunction;
import io.headrace.api.KeySelector;
import io.headrace.api.KeyedBroadcastProcess;
import io.headrace.api.KeyedBroadcastProcessFactory;
import io.headrace.api.KeyedCoProcess;
import io.headrace.api.KeyedCoProcessFactory;
import io.headrace.api.KeyedProcess;
import io.headrace.api.KeyedProcessFactory;
import io.headrace.api.MapFunction;
import io.headrace.api.OnTimerContext;
import io.headrace.api.SideOutput;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TimeDomain;
import io.headrace.api.WatermarkStrategy;
import io.headrace.api.WritableBroadcastState;
import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.ProcessFactory;
import io.headrace.api.plan.Transformation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a plan computes when nothing fails, found the simplest way: each value is taken through all
 * operators before the next one is read. No tasks, no batches, no checkpoints, no tables.
 */
final class Oracle {

  private final Plan plan;
  private final Map<Output, List<Consumer>> consumers = new HashMap<>();
  private final Map<NodeId, Running> processes = new HashMap<>();
  private final Map<String, List<Object>> written = new TreeMap<>();

  private final boolean isWhole;

  /** Of the value that is taken through the operators. */
  private Optional<Instant> timestamp = Optional.empty();

  private Oracle(Plan plan, boolean isWhole) {
    this.plan = plan;
    this.isWhole = isWhole;
    for (Node node : plan.nodes()) {
      List<Input> inputs = node.inputs();
      for (int stream = 0; stream < inputs.size(); stream++) {
        Input input = inputs.get(stream);
        Output output = new Output(input.from(), input.side().map(SideOutput::name).orElse(""));
        consumers.computeIfAbsent(output, any -> new ArrayList<>()).add(new Consumer(node, stream));
      }
    }
  }

  /** A stream, as what emits it knows it. */
  private record Output(NodeId producer, String side) {}

  /** What takes a stream, as which of its inputs. */
  private record Consumer(Node node, int stream) {}

  /**
   * What each sink is given and each state holds after some of the input.
   *
   * @param written by the name of the sink, in order
   * @param states by the name of the operator, then of the state
   */
  record Result(
      Map<String, List<Object>> written, Map<String, Map<String, Map<Object, ?>>> states) {}

  /** The result of all input, after which all timers fire. */
  static Result ofAll(Plan plan, ConnectorContext context) throws Exception {
    return new Oracle(plan, true).run(context, (split, position) -> true);
  }

  /**
   * The result of the input before some positions. No timer fires: when one does follows from no
   * position.
   *
   * @param isBefore whether a value is to be read, by its split, named with its source as {@code
   *     source/split}, and the position right after the value
   */
  static Result of(Plan plan, ConnectorContext context, BiPredicate<String, Object> isBefore)
      throws Exception {
    return new Oracle(plan, false).run(context, isBefore);
  }

  private Result run(ConnectorContext context, BiPredicate<String, Object> isBefore)
      throws Exception {
    for (Node node : plan.nodes()) {
      if (node instanceof Node.Source source) {
        read(source, context, isBefore);
      }
    }
    if (isWhole) {
      fireAll();
    }
    Map<String, Map<String, Map<Object, ?>>> contents = new TreeMap<>();
    processes.forEach(
        (node, running) -> contents.put(plan.node(node).name(), running.states().contents()));
    return new Result(written, contents);
  }

  @SuppressWarnings("unchecked") // A source agrees with itself.
  private void read(
      Node.Source node, ConnectorContext template, BiPredicate<String, Object> isBefore)
      throws Exception {
    ConnectorContext context =
        new ConnectorContext(
            template.job(),
            template.lineage(),
            node.name(),
            0,
            template.attempt(),
            template.clock(),
            new PlainLists(),
            template.services());
    Source<Object, Object> source = (Source<Object, Object>) node.source();
    for (Split<Object> split : source.splits()) {
      String name = node.name() + "/" + split.name();
      try (SourceReader<Object, Object> reader =
          source.open(split.name(), split.position(), context)) {
        readSplit(node, reader, position -> isBefore.test(name, position));
      }
    }
  }

  private void readSplit(
      Node.Source node, SourceReader<Object, Object> reader, Predicate<Object> isWanted)
      throws Exception {
    List<Object> values = new ArrayList<>();
    SourceOutput<Object> wanted =
        value -> {
          if (isWanted.test(reader.position())) {
            values.add(value);
          }
        };
    while (reader.poll(wanted) != SourceReader.Poll.END) {
      // A split of the simulator always ends.
    }
    for (Object value : values) {
      timestamp = timestamp(node, value);
      emit(node.id(), "", value);
    }
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private static Optional<Instant> timestamp(Node.Source node, Object value) throws Exception {
    return node.eventTime().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ((WatermarkStrategy<Object>) node.eventTime().get()).timestamps().timestamp(value));
  }

  private void fireAll() throws Exception {
    for (Node node : plan.nodes()) {
      Running running = processes.get(node.id());
      for (Optional<PlainTimers.Timer> next = next(running); next.isPresent(); ) {
        fire(node, Objects.requireNonNull(running), next.get());
        next = next(running);
      }
    }
  }

  private static Optional<PlainTimers.Timer> next(@Nullable Running running) {
    return running == null ? Optional.empty() : running.states().timers().next();
  }

  private void fire(Node node, Running running, PlainTimers.Timer timer) throws Exception {
    boolean isTimed = timer.domain() == TimeDomain.EVENT_TIME;
    timestamp = isTimed ? Optional.of(timer.time()) : Optional.empty();
    running.states().enter(timer.key());
    Emissions emissions = new Emissions(timer.key(), timestamp, timer.domain());
    running.onTimer().onTimer(timer.time(), emissions);
    for (Emission emission : emissions.emitted) {
      emit(node.id(), emission.side(), emission.value());
    }
  }

  private void emit(NodeId producer, String side, Object value) throws Exception {
    for (Consumer consumer : consumers.getOrDefault(new Output(producer, side), List.of())) {
      accept(consumer.node(), consumer.stream(), value);
    }
  }

  private void accept(Node node, int stream, Object value) throws Exception {
    if (node instanceof Node.Transform transform) {
      transform(transform, value);
    } else if (node instanceof Node.Union) {
      emit(node.id(), "", value);
    } else if (node instanceof Node.Sink) {
      written.computeIfAbsent(node.name(), any -> new ArrayList<>()).add(value);
    } else if (node instanceof Node.KeyedProcess process) {
      process(process, stream, value);
    }
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private void transform(Node.Transform node, Object value) throws Exception {
    Transformation transformation = node.transformation();
    List<Object> results = new ArrayList<>();
    if (transformation instanceof Transformation.Map map) {
      results.add(((MapFunction<Object, Object>) map.function()).map(value));
    } else if (transformation instanceof Transformation.Filter filter) {
      if (((FilterFunction<Object>) filter.condition()).test(value)) {
        results.add(value);
      }
    } else if (transformation instanceof Transformation.FlatMap flatMap) {
      ((FlatMapFunction<Object, Object>) flatMap.function()).flatMap(value, results::add);
    }
    for (Object result : results) {
      emit(node.id(), "", result);
    }
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private void process(Node.KeyedProcess node, int stream, Object value) throws Exception {
    if (value instanceof Event event && event.isPoison()) {
      // Whatever the process does with it before it fails is undone.
      emit(node.id(), DeadLetter.OUTPUT.name(), letter(node, event));
      return;
    }
    Running running = processes.get(node.id());
    if (running == null) {
      running = running(node.factory());
      processes.put(node.id(), running);
    }
    if (node.isBroadcast(stream)) {
      running.broadcast().processBroadcast(value, new InBroadcast(timestamp));
      return;
    }
    Object key = ((KeySelector<Object, Object>) node.keyed().get(stream).selector()).key(value);
    running.states().enter(key);
    Emissions emissions = new Emissions(key, timestamp, TimeDomain.EVENT_TIME);
    running.process().process(stream, value, emissions);
    for (Emission emission : emissions.emitted) {
      emit(node.id(), emission.side(), emission.value());
    }
  }

  /** What all runners say of a value that was put aside. */
  private static DeadLetter letter(Node node, Event event) {
    return new DeadLetter(
        node.name(),
        DeadLetter.Stage.PROCESS,
        Optional.empty(),
        "poison",
        Optional.empty(),
        event.toString(),
        new byte[0],
        Optional.empty());
  }

  private interface OnValue {
    void process(int stream, Object value, Emissions emissions) throws Exception;
  }

  private interface OnTimer {
    void onTimer(Instant time, Emissions emissions) throws Exception;
  }

  private interface OnBroadcast {
    void processBroadcast(Object value, BroadcastContext at) throws Exception;
  }

  private record Running(
      PlainStates states, OnValue process, OnTimer onTimer, OnBroadcast broadcast) {

    Running(PlainStates states, OnValue process, OnTimer onTimer) {
      this(states, process, onTimer, (value, at) -> {});
    }
  }

  private record InBroadcast(Optional<Instant> timestamp) implements BroadcastContext {
    @Override
    public <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state) {
      return PlainBroadcast.writable(state);
    }
  }

  @SuppressWarnings("unchecked") // The plan's types agree: its streams were built with generics.
  private static Running running(ProcessFactory factory) {
    PlainStates states = new PlainStates();
    if (factory instanceof ProcessFactory.OfOne one) {
      KeyedProcess<Object, Object, Object> process =
          ((KeyedProcessFactory<Object, Object, Object>) one.factory()).create(states);
      return new Running(
          states, (stream, value, at) -> process.process(value, at), process::onTimer);
    }
    if (factory instanceof ProcessFactory.OfBroadcast broadcast) {
      KeyedBroadcastProcess<Object, Object, Object, Object> process =
          ((KeyedBroadcastProcessFactory<Object, Object, Object, Object>) broadcast.factory())
              .create(states);
      return new Running(
          states,
          (stream, value, at) -> process.process(value, at),
          process::onTimer,
          process::processBroadcast);
    }
    KeyedCoProcess<Object, Object, Object, Object> process =
        ((KeyedCoProcessFactory<Object, Object, Object, Object>)
                ((ProcessFactory.OfTwo) factory).factory())
            .create(states);
    OnValue both =
        (stream, value, at) -> {
          if (stream == 0) {
            process.process1(value, at);
          } else {
            process.process2(value, at);
          }
        };
    return new Running(states, both, process::onTimer);
  }

  private record Emission(String side, Object value) {}

  private static final class Emissions implements OnTimerContext<Object, Object> {

    private final Object key;
    private final Optional<Instant> timestamp;
    private final TimeDomain timeDomain;
    private final List<Emission> emitted = new ArrayList<>();

    Emissions(Object key, Optional<Instant> timestamp, TimeDomain timeDomain) {
      this.key = key;
      this.timestamp = timestamp;
      this.timeDomain = timeDomain;
    }

    @Override
    public Optional<Instant> timestamp() {
      return timestamp;
    }

    @Override
    public TimeDomain timeDomain() {
      return timeDomain;
    }

    @Override
    public Object key() {
      return key;
    }

    @Override
    public void emit(Object value) {
      emitted.add(new Emission("", value));
    }

    @Override
    public <S> void emit(SideOutput<S> output, S value) {
      emitted.add(new Emission(output.name(), value));
    }
  }
}
