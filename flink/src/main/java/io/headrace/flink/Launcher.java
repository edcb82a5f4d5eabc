package io.headrace.flink;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Job;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What a job is started with on a cluster, from a jar with the job and everything that it uses:
 *
 * <pre>{@code
 * flink run -c io.headrace.flink.Launcher app.jar com.acme.MyJob settings.json
 * }</pre>
 *
 * <p>The second argument is a file with the settings of the job, for one that has any.
 */
public final class Launcher {

  private static final int MOST_ARGUMENTS = 2;

  private Launcher() {}

  /**
   * Submits a job, and waits until it ends unless Flink was told not to.
   *
   * @param arguments the class of the job, then perhaps a file with its settings as JSON
   * @throws HeadraceException with {@link ErrorCode#INVALID_JOB} if there is no such job, or it
   *     cannot run on Flink
   */
  public static void main(String[] arguments) throws Exception {
    if (arguments.length < 1 || arguments.length > MOST_ARGUMENTS) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "The launcher was given "
              + arguments.length
              + " arguments. Give it the class of the job, and a file with its settings as JSON if"
              + " it has any.");
    }
    String settings = arguments.length == MOST_ARGUMENTS ? settings(Path.of(arguments[1])) : "";
    StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.execute(FlinkRunner.define(job(arguments[0]), settings, environment));
  }

  private static String settings(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "The settings of the job cannot be read from " + file + ": " + unreadable + ".",
          unreadable);
    }
  }

  private static Class<? extends Job> job(String name) {
    try {
      return Class.forName(name, true, Thread.currentThread().getContextClassLoader())
          .asSubclass(Job.class);
    } catch (ClassNotFoundException missing) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "There is no class " + name + ". Submit a jar that the job is in.",
          missing);
    } catch (ClassCastException noJob) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB, "Class " + name + " is no Job. Name one that is.", noJob);
    }
  }
}
