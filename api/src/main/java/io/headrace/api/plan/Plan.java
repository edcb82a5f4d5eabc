package io.headrace.api.plan;

import io.headrace.api.Job;
import io.headrace.api.Services;
import java.util.List;

/**
 * What a job says.
 *
 * @param job the name of the job
 * @param nodes the operators, each after its inputs
 * @param services what operators use
 * @param problems everything that is wrong; a plan with problems must not be run
 */
public record Plan(String job, List<Node> nodes, Services services, List<Problem> problems) {

  /** Copies the lists. */
  public Plan {
    nodes = List.copyOf(nodes);
    problems = List.copyOf(problems);
  }

  /** The plan of a job, with its problems if it has any. */
  public static Plan of(Job job) {
    PlanRecorder recorder = new PlanRecorder(job.services());
    job.define(recorder.pipeline());
    return recorder.plan(job.name());
  }

  /** Whether values of some source have an event time. */
  public boolean hasEventTime() {
    return nodes.stream()
        .anyMatch(node -> node instanceof Node.Source source && source.eventTime().isPresent());
  }

  /** A node by its id. */
  public Node node(NodeId id) {
    return nodes.get(id.index());
  }
}
