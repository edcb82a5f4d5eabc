package io.headrace.engine.graph;

import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.api.plan.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The tasks of a plan.
 *
 * @param plan the plan, without problems
 * @param vertices producers before consumers
 */
public record Graph(Plan plan, List<Vertex> vertices) {

  /** Copies the list. */
  public Graph {
    vertices = List.copyOf(vertices);
  }

  /** The graph of a plan; operators without a parallelism of their own have the default one. */
  public static Graph of(Plan plan, int defaultParallelism) {
    return new Graph(plan, new Fusion(plan, defaultParallelism).vertices());
  }

  /** The streams that a node takes, with unions taken apart. */
  public List<Input> inputs(Node node) {
    return inputs(plan, node);
  }

  private static List<Input> inputs(Plan plan, Node node) {
    return node.inputs().stream().flatMap(input -> parts(plan, input)).toList();
  }

  private static Stream<Input> parts(Plan plan, Input input) {
    return plan.node(input.from()) instanceof Node.Union union
        ? union.inputs().stream().flatMap(part -> parts(plan, part))
        : Stream.of(input);
  }

  /** Every use that is made of a stream. */
  public List<Use> uses(NodeId producer, String side) {
    List<Use> uses = new ArrayList<>();
    for (Vertex vertex : vertices) {
      for (Node node : vertex.nodes()) {
        addUses(node, producer, side, uses);
      }
    }
    return uses;
  }

  private void addUses(Node node, NodeId producer, String side, List<Use> uses) {
    int index = 0;
    for (int stream = 0; stream < node.inputs().size(); stream++) {
      for (Input part : parts(plan, node.inputs().get(stream)).toList()) {
        if (part.from().equals(producer) && sideOf(part).equals(side)) {
          uses.add(new Use(node, stream, index, part));
        }
        index++;
      }
    }
  }

  /**
   * The use that a node makes of a stream.
   *
   * @param stream which of the streams that the node takes it is, or is a part of, counted from 0
   * @param index which of the node's inputs it is, with unions taken apart, counted from 0
   */
  public record Use(Node consumer, int stream, int index, Input input) {}

  /** The name of the side output that an input is; the main output has the empty name. */
  public static String sideOf(Input input) {
    return input.side().map(output -> output.name()).orElse("");
  }

  /** The vertex that a node runs in. */
  public Vertex vertexOf(NodeId node) {
    return vertices.stream()
        .filter(vertex -> vertex.contains(node))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("node " + node + " runs in no vertex"));
  }

  /** Puts nodes together. */
  private static final class Fusion {

    private final Plan plan;
    private final int defaultParallelism;
    private final List<List<Node>> fused = new ArrayList<>();
    private final List<Integer> parallelism = new ArrayList<>();
    private final Map<NodeId, Integer> vertexOf = new HashMap<>();

    Fusion(Plan plan, int defaultParallelism) {
      this.plan = plan;
      this.defaultParallelism = defaultParallelism;
    }

    List<Vertex> vertices() {
      for (Node node : plan.nodes()) {
        if (!(node instanceof Node.Union)) {
          place(node);
        }
      }
      List<Vertex> vertices = new ArrayList<>();
      for (int i = 0; i < fused.size(); i++) {
        vertices.add(new Vertex(fused.get(i), parallelism.get(i)));
      }
      return vertices;
    }

    private void place(Node node) {
      List<Input> inputs = inputs(plan, node);
      boolean isStateless = node instanceof Node.Transform || node instanceof Node.Sink;
      int inherited =
          isStateless
              ? inputs.stream().mapToInt(this::parallelismOf).min().orElse(defaultParallelism)
              : defaultParallelism;
      int tasks = node.parallelism().orElse(inherited);
      if (isStateless && inputs.size() == 1 && canJoin(node, tasks, inputs.get(0))) {
        int vertex = vertexOf(inputs.get(0));
        fused.get(vertex).add(node);
        vertexOf.put(node.id(), vertex);
      } else {
        vertexOf.put(node.id(), fused.size());
        fused.add(new ArrayList<>(List.of(node)));
        parallelism.add(tasks);
      }
    }

    private boolean canJoin(Node node, int tasks, Input input) {
      boolean mayBlock = node.isBlocking() || plan.node(input.from()).isBlocking();
      return !mayBlock && parallelismOf(input) == tasks;
    }

    private int parallelismOf(Input input) {
      return parallelism.get(vertexOf(input));
    }

    private int vertexOf(Input input) {
      Integer vertex = vertexOf.get(input.from());
      if (vertex == null) {
        throw new IllegalArgumentException("node " + input.from() + " comes after its consumer");
      }
      return vertex;
    }
  }
}
