package io.headrace.flink.portable;

import io.headrace.api.Job;
import io.headrace.api.plan.Problem;
import io.headrace.flink.recipe.JobRecipe;
import java.util.List;

/** Compares the plan of a job with what its recipe makes here, and in another JVM. */
public final class Portability {

  private Portability() {}

  /** How the plans differ. */
  public static List<Problem> problems(Job job, JobRecipe recipe) {
    Differences differences = new Differences(PlanDescription.of(job));
    differences.add(Place.HERE, PlanDescription.of(recipe.job()));
    OtherJvm.compare(recipe, differences);
    return differences.problems();
  }
}
