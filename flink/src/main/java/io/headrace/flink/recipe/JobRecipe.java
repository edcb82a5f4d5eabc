package io.headrace.flink.recipe;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import io.headrace.api.plan.Plan;
import io.headrace.api.plan.Problem;
import io.headrace.codec.PlanTypes;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What a job is made of again in each task: its class, and its settings if it has any. Functions
 * are never serialized.
 *
 * <p>The class is public. It is a record, whose components are the settings; or it has a public
 * constructor without parameters; or with one parameter, which is a record: the settings.
 *
 * @param jobClass the name of the class
 * @param settings as JSON; nothing if there are none
 * @param fingerprint of the plan where the job was submitted
 * @param lineage a random text that all restarts of what was submitted share
 */
public record JobRecipe(String jobClass, String settings, String fingerprint, String lineage)
    implements Serializable {

  /**
   * The recipe of a job that is a record, or whose class has a public constructor without
   * parameters.
   *
   * @throws HeadraceException with {@link ErrorCode#INVALID_JOB} if it is neither, or if its plan
   *     has problems or is another one when it is made again
   */
  public static JobRecipe of(Job job) {
    String settings = job instanceof Record itself ? SettingsJson.write(itself) : "";
    return of(job.getClass(), settings, Plan.of(job));
  }

  /**
   * The recipe of a job by its class.
   *
   * @param settings as JSON; nothing if there are none
   * @throws HeadraceException as above
   */
  public static JobRecipe of(Class<? extends Job> type, String settings) {
    return of(type, settings, Plan.of(job(type, settings)));
  }

  private static JobRecipe of(Class<? extends Job> type, String settings, Plan plan) {
    JobRecipe recipe =
        new JobRecipe(
            type.getName(),
            settings,
            PlanFingerprint.of(checked(plan)),
            UUID.randomUUID().toString());
    recipe.plan(type); // Whether it can be made again is better known now than in the tasks.
    return recipe;
  }

  /** The plan, made again. On a thread of Flink, which knows the class. */
  public Plan plan() {
    return plan(type());
  }

  /** The job, made again, whatever its plan is by now. */
  public Job job() {
    return job(type(), settings);
  }

  private Class<? extends Job> type() {
    try {
      return Class.forName(jobClass, true, Thread.currentThread().getContextClassLoader())
          .asSubclass(Job.class);
    } catch (ClassNotFoundException missing) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Class %s of the job is not here. Submit the job with a jar that it is in."
              .formatted(jobClass),
          missing);
    }
  }

  private Plan plan(Class<? extends Job> type) {
    Plan plan = Plan.of(job(type, settings));
    String itsFingerprint = PlanFingerprint.of(plan);
    if (!itsFingerprint.equals(fingerprint)) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "Job %s describes another plan than where it was submitted. Have define(...) depend on the settings of the job alone. It was:\n  %s\nand now it is:\n  %s\n"
              .formatted(
                  jobClass,
                  fingerprint.replace("\n", "\n  "),
                  itsFingerprint.replace("\n", "\n  ")));
    }
    return plan;
  }

  private static Plan checked(Plan plan) {
    List<Problem> problems = new ArrayList<>(plan.problems());
    problems.addAll(PlanTypes.problems(plan));
    if (!problems.isEmpty()) {
      throw Problem.refusal(plan.job(), problems);
    }
    return plan;
  }

  private static Job job(Class<? extends Job> type, String settings) {
    if (type.isRecord() && isPublic(type)) {
      return SettingsJson.read(settings.isEmpty() ? "{}" : settings, type);
    }
    for (Constructor<?> constructor : type.getConstructors()) {
      Class<?>[] parameters = constructor.getParameterTypes();
      if (isPublic(type) && parameters.length == 0 && settings.isEmpty()) {
        return made(constructor);
      }
      if (isPublic(type) && parameters.length == 1 && parameters[0].isRecord()) {
        return made(
            constructor, SettingsJson.read(settings.isEmpty() ? "{}" : settings, parameters[0]));
      }
    }
    throw new HeadraceException(
        ErrorCode.INVALID_JOB,
        "Job %s cannot be made again in the tasks of a cluster. Make it a public record whose components are its settings, or a public class with a public constructor that takes nothing, or a record of settings."
            .formatted(type.getName()));
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getDeclaringClass() == null || isPublic(type.getDeclaringClass()));
  }

  private static Job made(Constructor<?> constructor, Object... arguments) {
    try {
      return (Job) constructor.newInstance(arguments);
    } catch (InvocationTargetException thrown) {
      throw unmade(constructor, thrown.getCause() == null ? thrown : thrown.getCause());
    } catch (ReflectiveOperationException refused) {
      throw unmade(constructor, refused);
    }
  }

  private static HeadraceException unmade(Constructor<?> constructor, Throwable cause) {
    return new HeadraceException(
        ErrorCode.INVALID_JOB,
        "Job %s cannot be made: its constructor threw %s."
            .formatted(constructor.getDeclaringClass().getName(), cause),
        cause);
  }
}
