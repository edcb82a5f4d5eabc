package io.headrace.flink;

import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.flink.recipe.JobRecipe;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs jobs on Apache Flink.
 *
 * <p>A job travels to the tasks of a cluster as its class and its settings, so that its functions
 * may use what cannot be serialized: it is a public record whose components are its settings, or a
 * public class with a public constructor that takes nothing, or a record of settings. {@link
 * PortableJobs} says in a unit test whether the tasks would all make the same plan.
 *
 * <p>How often checkpoints are taken, where they go and how a job restarts is set as for every job
 * of Flink.
 */
public final class FlinkRunner {

  private FlinkRunner() {}

  /**
   * Runs a job where this is called: on the cluster that it was submitted to, else within this JVM.
   * Waits until it ends.
   *
   * @throws HeadraceException with {@link io.headrace.api.ErrorCode#INVALID_JOB} and every reason
   *     why the job cannot run on Flink
   */
  public static JobExecutionResult run(Job job) throws Exception {
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    define(job, environment);
    return environment.execute(job.name());
  }

  /**
   * Adds a job to what an environment will execute, and turns off what a job must not use: types
   * without a codec, operators without a name, barriers that overtake values.
   *
   * @throws HeadraceException as above
   */
  public static void define(Job job, StreamExecutionEnvironment environment) {
    new Translation(JobRecipe.of(job), environment).translate();
  }

  /** The same for a job by its class, with settings as JSON. Returns the name of the job. */
  static String define(
      Class<? extends Job> type, String settings, StreamExecutionEnvironment environment) {
    Translation translation = new Translation(JobRecipe.of(type, settings), environment);
    translation.translate();
    return translation.job();
  }
}
