package io.headrace.engine.task;

import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.engine.graph.Graph;
import io.headrace.engine.graph.Vertex;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The places of all tasks of a graph and the edges between them.
 *
 * <p>A keyed operator has an edge from each task of its input to each of its own. Another operator
 * has as few as keep all its tasks busy: with fewer tasks than its input, task i of the input sends
 * to task i modulo their number, so that the order of each sender is kept.
 */
final class Wiring {

  private final Graph graph;
  private final int capacity;
  private final Map<Vertex, List<Place>> places = new HashMap<>();
  private final Map<Output, List<Edge>> outputs = new HashMap<>();
  private final Map<Member, List<Edge>> inputs = new HashMap<>();

  Wiring(Graph graph, Host host) {
    this.graph = graph;
    this.capacity = host.edgeCapacity();
    for (Vertex vertex : graph.vertices()) {
      List<Place> own = new ArrayList<>();
      for (int task = 0; task < vertex.parallelism(); task++) {
        own.add(
            vertex.isBlocking() ? host.ownPlace(vertex.name() + "-" + task) : host.sharedPlace());
      }
      places.put(vertex, own);
    }
    for (Vertex vertex : graph.vertices()) {
      List<Input> inputs = graph.inputs(vertex.head());
      for (int input = 0; input < inputs.size(); input++) {
        connect(inputs.get(input), input, vertex);
      }
    }
  }

  /** A task of a vertex. */
  private record Member(Vertex vertex, int task) {}

  /** What a task of a producer sends to one input of a consumer. */
  private record Output(int task, NodeId consumer, int input) {}

  Place place(Vertex vertex, int task) {
    return places.getOrDefault(vertex, List.of()).get(task);
  }

  List<Edge> inputs(Vertex vertex, int task) {
    return inputs.getOrDefault(new Member(vertex, task), List.of());
  }

  /** The edges from a task of a producer to one input of a consumer. */
  List<Edge> outputs(int task, Graph.Use use) {
    return outputs.getOrDefault(new Output(task, use.consumer().id(), use.index()), List.of());
  }

  private void connect(Input input, int index, Vertex to) {
    Vertex from = graph.vertexOf(input.from());
    boolean isKeyed = to.head() instanceof Node.KeyedProcess;
    for (int sender = 0; sender < from.parallelism(); sender++) {
      for (int receiver = 0; receiver < to.parallelism(); receiver++) {
        if (isKeyed || isPair(sender, from.parallelism(), receiver, to.parallelism())) {
          Edge edge = new Edge(capacity, place(from, sender), place(to, receiver));
          Output output = new Output(sender, to.head().id(), index);
          outputs.computeIfAbsent(output, any -> new ArrayList<>()).add(edge);
          inputs.computeIfAbsent(new Member(to, receiver), any -> new ArrayList<>()).add(edge);
        }
      }
    }
  }

  private static boolean isPair(int sender, int senders, int receiver, int receivers) {
    return receivers <= senders ? sender % receivers == receiver : receiver % senders == sender;
  }
}
