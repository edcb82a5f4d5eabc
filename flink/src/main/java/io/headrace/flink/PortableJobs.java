package io.headrace.flink;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.plan.Problem;
import io.headrace.flink.portable.Portability;
import io.headrace.flink.recipe.JobRecipe;
import java.util.ArrayList;
import java.util.List;

/**
 * Says in a unit test whether a job can travel: whether each task of a cluster, which makes its
 * plan again, would make the same one.
 *
 * <p>The plan is made again of the class and the settings: at once, and in another JVM without
 * environment variables, in another folder, time zone, locale and charset. What is compared is all
 * of it: operators, types, the functions, what they captured and have in their fields, sources and
 * sinks. Of objects of other libraries the class is compared. What functions find when they are
 * called is not seen.
 *
 * <p>It takes a second or two, and {@code define} of the job is called several times.
 */
public final class PortableJobs {

  private PortableJobs() {}

  /**
   * Checks a job.
   *
   * @throws HeadraceException with {@link ErrorCode#INVALID_JOB} and everything that differs or
   *     cannot run on Flink
   */
  public static void verifyPortable(Job job) {
    verify(job, JobRecipe.of(job));
  }

  /**
   * Checks a job by its class.
   *
   * @param settings as JSON; nothing if there are none
   * @throws HeadraceException as above
   */
  public static void verifyPortable(Class<? extends Job> type, String settings) {
    JobRecipe recipe = JobRecipe.of(type, settings);
    verify(recipe.job(), recipe);
  }

  private static void verify(Job job, JobRecipe recipe) {
    List<Problem> problems = new ArrayList<>(Translation.unsupported(recipe.plan()));
    problems.addAll(Portability.problems(job, recipe));
    if (!problems.isEmpty()) {
      throw Problem.refusal(job.name(), problems);
    }
  }
}
