package io.headrace.engine.graph;

import io.headrace.api.Invariant;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Operators that run together in each of some parallel tasks: fused, without an edge between them.
 * An operator that may block is alone.
 *
 * @param nodes the operators, the head first, each after its input
 * @param parallelism how many tasks there are
 */
public record Vertex(List<Node> nodes, int parallelism) {

  /** Copies the list. */
  public Vertex {
    nodes = List.copyOf(nodes);
    Invariant.check(
        nodes.size() == 1 || nodes.stream().noneMatch(Node::isBlocking),
        "an operator that may block is fused in %s",
        nodes);
  }

  /** The operator that takes the input of the tasks. */
  public Node head() {
    return nodes.get(0);
  }

  /** The operators' names. */
  public String name() {
    return nodes.stream().map(Node::name).collect(Collectors.joining(" -> "));
  }

  /** Whether its tasks may block: then it is one operator alone. */
  public boolean isBlocking() {
    return head().isBlocking();
  }

  /** Whether an operator runs in it. */
  public boolean contains(NodeId node) {
    return nodes.stream().anyMatch(each -> each.id().equals(node));
  }
}
