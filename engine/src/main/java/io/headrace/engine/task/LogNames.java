package io.headrace.engine.task;

import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/**
 * Names who is at work in the log lines of the current thread, those of the user's functions
 * included: the keys {@code job}, {@code operator} and {@code task} of slf4j's MDC. Costs nothing
 * where nobody keeps an MDC.
 */
public final class LogNames {

  private static final boolean ARE_KEPT =
      MDC.getMDCAdapter() != null && !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);
  private static final String JOB = "job";
  private static final String OPERATOR = "operator";
  private static final String TASK = "task";

  private LogNames() {}

  /** Names the job in what the current thread logs from now on. */
  public static void job(String name) {
    put(JOB, name);
  }

  /** Names a task in what the current thread logs from now on. */
  public static void task(TaskId task) {
    if (ARE_KEPT) {
      MDC.put(OPERATOR, task.operators());
      MDC.put(TASK, Integer.toString(task.index()));
    }
  }

  /** Names an operator in what the current thread logs from now on. */
  public static void operator(String name) {
    put(OPERATOR, name);
  }

  /** Names neither an operator nor a task any more. */
  public static void nobody() {
    if (ARE_KEPT) {
      MDC.remove(OPERATOR);
      MDC.remove(TASK);
    }
  }

  private static void put(String key, String name) {
    if (ARE_KEPT) {
      MDC.put(key, name);
    }
  }
}
