package io.headrace.flink.recipe;

import io.headrace.api.SideOutput;
import io.headrace.api.plan.Input;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.api.plan.Plan;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A node and what takes its outputs.
 *
 * @param plan where it is
 */
public record InPlan<N extends Node>(Plan plan, N node) {

  private Stream<Input> takenBy() {
    return plan.nodes().stream()
        .flatMap(each -> each.inputs().stream())
        .filter(input -> input.from().equals(node.id()));
  }

  /** Whether anything takes its main output. */
  public boolean isTaken() {
    return takenBy().anyMatch(input -> input.side().isEmpty());
  }

  /** The type of its main output, where it is known. */
  public Optional<Type> outputType() {
    if (node instanceof Node.Source source) {
      return Optional.of(source.source().type().type());
    }
    return takenBy()
        .filter(input -> input.side().isEmpty())
        .flatMap(input -> input.type().stream())
        .findFirst();
  }

  /** Its side outputs that something takes, by name. */
  public Map<String, SideOutput<?>> sides() {
    Map<String, SideOutput<?>> sides = new TreeMap<>();
    takenBy().flatMap(input -> input.side().stream()).forEach(side -> sides.put(side.name(), side));
    return sides;
  }

  /** The same for another node. */
  public static InPlan<Node> of(Plan plan, NodeId id) {
    return new InPlan<>(plan, plan.node(id));
  }
}
