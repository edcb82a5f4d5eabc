package io.headrace.flink;

import io.headrace.api.OnFailure;
import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import io.headrace.flink.connectors.PlanWatermarks;
import io.headrace.flink.connectors.SinkCommitterOperator;
import io.headrace.flink.connectors.SinkWriterOperator;
import io.headrace.flink.connectors.SourceAdapter;
import io.headrace.flink.operators.KeyedOperatorFactory;
import io.headrace.flink.operators.PlanKeySelector;
import io.headrace.flink.operators.TransformOperator;
import io.headrace.flink.recipe.InPlan;
import io.headrace.flink.recipe.JobRecipe;
import io.headrace.flink.recipe.NodeRef;
import io.headrace.flink.types.CodecTypeInformation;
import io.headrace.flink.types.EncodedKey;
import io.headrace.flink.types.PortableType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.MultipleConnectedStreams;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.transformations.KeyedMultipleInputTransformation;
import org.apache.flink.util.OutputTag;

/** Makes operators of Flink of the nodes of a plan. */
final class Translation {

  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final JobRecipe recipe;
  private final Plan plan;
  private final StreamExecutionEnvironment environment;
  private final Map<Integer, SingleOutputStreamOperator<Object>> outputs = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  Translation(JobRecipe recipe, StreamExecutionEnvironment environment) {
    this.recipe = recipe;
    this.plan = recipe.plan();
    this.environment = environment;
  }

  /** The name of the job. */
  String job() {
    return plan.job();
  }

  void translate() {
    List<Problem> problems = unsupported(plan);
    if (!problems.isEmpty()) {
      throw Problem.refusal(plan.job(), problems);
    }
    configure();
    plan.nodes().forEach(this::add);
  }

  /** Why a plan cannot run on Flink. */
  static List<Problem> unsupported(Plan plan) {
    List<Problem> problems = new ArrayList<>();
    plan.nodes().forEach(node -> addUnsupported(plan, node, problems));
    return problems;
  }

  private static void addUnsupported(Plan plan, Node node, List<Problem> problems) {
    String where = "operator \"" + node.name() + "\"";
    if (node instanceof Node.Source source) {
      addUnsupported(source, where, problems);
    } else if (node instanceof Node.Sink sink && !sink.sink().operatorStates().isEmpty()) {
      problems.add(
          new Problem(
              where,
              "Its writers have operator state, which is not there yet on Flink.",
              "Run it in a JVM of its own."));
    }
    InPlan<Node> place = InPlan.of(plan, node.id());
    if (place.isTaken() && place.outputType().isEmpty()) {
      problems.add(
          new Problem(
              where,
              "The type of what it produces is not known, and Flink encodes it.",
              "Say it with .as(...)."));
    }
  }

  private static void addUnsupported(Node.Source source, String where, List<Problem> problems) {
    if (!source.source().operatorStates().isEmpty()) {
      problems.add(
          new Problem(
              where,
              "Its readers have operator state, and on Flink they have none.",
              "Keep it in the positions."));
    }
    if (source.source().isBounded() && source.source().discoveryInterval().isPresent()) {
      problems.add(
          new Problem(
              where,
              "It has an end and finds splits while it runs, and Flink is not told when that is.",
              "List its splits at once."));
    }
    if (source.options().onFailure() == OnFailure.DEAD_LETTER) {
      problems.add(
          new Problem(
              where,
              "It has dead letters, and on Flink sources have none.",
              "Use skipFailures()."));
    }
  }

  private void configure() {
    Configuration settings = new Configuration();
    settings.set(PipelineOptions.GENERIC_TYPES, false);
    settings.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    settings.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    // Sinks commit when a checkpoint is complete, the last one after all input has been read.
    settings.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true);
    settings.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
    boolean commits = plan.nodes().stream().anyMatch(Node.Sink.class::isInstance);
    if (commits && !environment.getCheckpointConfig().isCheckpointingEnabled()) {
      settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, INTERVAL);
    }
    environment.configure(settings);
  }

  private void add(Node node) {
    NodeRef ref = new NodeRef(recipe, node.id().index());
    if (node instanceof Node.Source source) {
      add(source, ref);
    } else if (node instanceof Node.Transform) {
      int tasks = tasks(node);
      SingleOutputStreamOperator<Object> stream =
          toFew(node.inputs().get(0), tasks)
              .transform(node.name(), output(node), new TransformOperator(ref));
      named(node, stream.setParallelism(tasks));
    } else if (node instanceof Node.KeyedProcess process) {
      add(process, ref);
    } else if (node instanceof Node.Sink sink) {
      add(sink, ref);
    }
  }

  private void add(Node.Source source, NodeRef ref) {
    SourceAdapter adapter = new SourceAdapter(ref, source.source().isBounded());
    WatermarkStrategy<Object> watermarks =
        source.eventTime().isPresent() ? new PlanWatermarks(ref) : WatermarkStrategy.noWatermarks();
    SingleOutputStreamOperator<Object> stream =
        environment.fromSource(adapter, watermarks, source.name(), output(source));
    source.parallelism().ifPresent(stream::setParallelism);
    named(source, stream);
  }

  private void add(Node.KeyedProcess process, NodeRef ref) {
    PortableType keyType = PortableType.of(process.keyType().orElseThrow());
    TypeInformation<EncodedKey> keys = CodecTypeInformation.ofKeys(keyType.type());
    List<PlanKeySelector> selectors = new ArrayList<>();
    for (int i = 0; i < process.keyed().size(); i++) {
      selectors.add(new PlanKeySelector(ref, i, keyType));
    }
    KeyedMultipleInputTransformation<Object> transformation =
        new KeyedMultipleInputTransformation<>(
            process.name(),
            new KeyedOperatorFactory(ref, selectors),
            output(process),
            process.parallelism().orElse(environment.getParallelism()),
            keys);
    for (int i = 0; i < selectors.size(); i++) {
      DataStream<Object> keyed =
          united(parts(process.keyed().get(i).input()).stream().map(this::stream).toList())
              .keyBy(selectors.get(i), keys);
      transformation.addInput(keyed.getTransformation(), selectors.get(i));
    }
    process
        .broadcast()
        .map(input -> united(parts(input).stream().map(this::stream).toList()).broadcast())
        .ifPresent(all -> transformation.addInput(all.getTransformation(), null));
    environment.addOperator(transformation);
    named(process, new MultipleConnectedStreams(environment).transform(transformation));
  }

  private void add(Node.Sink sink, NodeRef ref) {
    TypeInformation<Object> committables =
        CodecTypeInformation.of(sink.sink().committableType().type());
    int tasks = tasks(sink);
    SingleOutputStreamOperator<Object> writer =
        toFew(sink.input(), tasks)
            .transform(sink.name(), committables, new SinkWriterOperator(ref))
            .uid(uid(sink.name()));
    writer.setParallelism(tasks);
    outputs.put(sink.id().index(), writer); // Its side output are dead letters.
    String committer = sink.name() + ".committer";
    // In a chain with others, those were never more than one task again.
    writer
        .transform(
            committer,
            committables,
            new SinkCommitterOperator(ref, PortableType.of(sink.sink().committableType().type())))
        .uid(uid(committer))
        .forceNonParallel()
        .startNewChain();
  }

  private void named(Node node, SingleOutputStreamOperator<Object> stream) {
    outputs.put(node.id().index(), stream.uid(uid(node.name())));
  }

  /** Names of stateless operators may be the same; those of others are not. */
  private String uid(String name) {
    String uid = name;
    for (int i = 2; !names.add(uid); i++) {
      uid = name + "." + i;
    }
    return uid;
  }

  /** How many tasks an operator without state runs as. */
  private int tasks(Node node) {
    return node.parallelism()
        .orElseGet(
            () ->
                parts(node.inputs().get(0)).stream()
                    .mapToInt(part -> stream(part).getParallelism())
                    .min()
                    .orElseThrow());
  }

  /** A stream with unions taken apart. */
  private List<Input> parts(Input input) {
    return plan.node(input.from()) instanceof Node.Union union
        ? union.inputs().stream().flatMap(part -> parts(part).stream()).toList()
        : List.of(input);
  }

  /**
   * A stream as an operator without keys takes it: where it has fewer tasks than the stream, each
   * task of the stream sends to one of them, so that its order is kept.
   */
  private DataStream<Object> toFew(Input input, int tasks) {
    return united(
        parts(input).stream()
            .map(this::stream)
            .map(part -> part.getParallelism() == tasks ? part : part.rescale())
            .toList());
  }

  private static DataStream<Object> united(List<DataStream<Object>> parts) {
    DataStream<Object> all = parts.get(0);
    for (DataStream<Object> part : parts.subList(1, parts.size())) {
      all = all.union(part);
    }
    return all;
  }

  /** A stream that is no union. */
  private DataStream<Object> stream(Input input) {
    SingleOutputStreamOperator<Object> main =
        Objects.requireNonNull(outputs.get(input.from().index()));
    if (input.side().isEmpty()) {
      return main;
    }
    var side = input.side().orElseThrow();
    return main.getSideOutput(
        new OutputTag<>(side.name(), CodecTypeInformation.of(side.type().type())));
  }

  /** The type of what a node produces; of what nobody takes, any. */
  private TypeInformation<Object> output(Node node) {
    return CodecTypeInformation.of(InPlan.of(plan, node.id()).outputType().orElse(Boolean.class));
  }
}
