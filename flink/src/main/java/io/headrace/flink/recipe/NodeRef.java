package io.headrace.flink.recipe;

import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import java.io.Serializable;

/**
 * A node of the plan of a job, as it travels.
 *
 * @param recipe of the job
 * @param index of the node in the plan
 */
public record NodeRef(JobRecipe recipe, int index) implements Serializable {

  /** The node, of a plan made for the caller. On a thread of Flink. */
  public <N extends Node> InPlan<N> resolve(Class<N> kind) {
    var plan = recipe.plan();
    return new InPlan<>(plan, kind.cast(plan.node(new NodeId(index))));
  }
}
