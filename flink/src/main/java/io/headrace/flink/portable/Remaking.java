package io.headrace.flink.portable;

import io.headrace.api.Printable;
import io.headrace.flink.recipe.JobRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/** The program of the other JVM: makes a plan of a class and settings and describes it. */
final class Remaking {

  /** The file with the settings. */
  static final String SETTINGS = "settings";

  /** The file with the description, or why there is none. */
  static final String RESULT = "result";

  /** How the JVM ends. */
  static final int MADE = 0;

  static final int FAILED = 2;

  /** Nothing was done since the order of sets is none but the one that was known. */
  static final int SAME_ORDER = 3;

  private static final int LONGEST_FAILURE = 300;

  private Remaking() {}

  /**
   * Describes the plan of a job.
   *
   * @param arguments the class of the job, the folder of the files, and what the order of sets must
   *     not be
   */
  public static void main(String[] arguments) throws IOException {
    // Threads that the job has started would keep the JVM from ending by itself.
    System.exit(
        arguments[2].equals(orderOfSets())
            ? SAME_ORDER
            : status(arguments[0], Path.of(arguments[1])));
  }

  /**
   * Which way sets of the JDK go: of those made by {@code Set.of} each JVM draws the order by lot.
   */
  static String orderOfSets() {
    return Set.of(0, 1).toString();
  }

  private static int status(String jobClass, Path folder) throws IOException {
    Path result = folder.resolve(RESULT);
    try {
      String settings = Files.readString(folder.resolve(SETTINGS));
      JobRecipe recipe = new JobRecipe(jobClass, settings, "", "");
      Files.writeString(result, PlanDescription.of(recipe.job()).text());
      return MADE;
    } catch (Exception | LinkageError failed) {
      Files.writeString(result, reason(failed, jobClass));
      return FAILED;
    }
  }

  private static String reason(Throwable failed, String jobClass) {
    Throwable first =
        failed instanceof ExceptionInInitializerError && failed.getCause() != null
            ? failed.getCause()
            : failed;
    String place =
        Arrays.stream(first.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith(jobClass))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return Printable.of(first, LONGEST_FAILURE) + place;
  }
}
