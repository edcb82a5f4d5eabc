package io.headrace.flink.portable;

import io.headrace.api.Job;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a plan consists of, down to the values that its functions captured.
 *
 * @param parts in the order of the operators, each before what is within it
 */
record PlanDescription(List<Part> parts) {

  /** Copies the list. */
  PlanDescription {
    parts = List.copyOf(parts);
  }

  /** Describes the plan that a job makes now. */
  static PlanDescription of(Job job) {
    Plan plan = Plan.of(job);
    Scope scope = new Scope(job.getClass(), plan);
    List<Part> parts = new ArrayList<>(ObjectParts.of("", "name", plan.job(), scope));
    parts.addAll(ObjectParts.of("", "services", plan.services(), scope));
    for (Node node : plan.nodes()) {
      parts.addAll(ObjectParts.of(node.name(), "", node, scope));
    }
    return new PlanDescription(parts);
  }

  /** The description as text, a line for each part. */
  String text() {
    return parts.stream().map(Part::line).collect(Collectors.joining("\n"));
  }

  static PlanDescription parse(String text) {
    return new PlanDescription(text.lines().map(Part::parse).toList());
  }
}
