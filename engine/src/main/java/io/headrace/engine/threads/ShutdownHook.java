package io.headrace.engine.threads;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** Something that is done when the JVM is told to end, until it is removed. Any thread. */
public final class ShutdownHook implements AutoCloseable {

  private final Thread thread;

  private ShutdownHook(Thread thread) {
    this.thread = thread;
  }

  /**
   * Has something done for a job when the JVM is told to end. The JVM waits for it.
   *
   * @throws HeadraceException with {@code JOB_ENDED} if the JVM is ending already
   */
  public static ShutdownHook add(String job, Runnable action) {
    Thread thread = new Thread(action, "headrace-" + job + "-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(thread);
    } catch (IllegalStateException ending) {
      throw new HeadraceException(
          ErrorCode.JOB_ENDED,
          "Job \"" + job + "\" is not started: the JVM is shutting down.",
          ending);
    }
    return new ShutdownHook(thread);
  }

  /** Removes it, unless the JVM is ending: then it is at work, or has been. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException ending) {
      // There is nothing to remove any more.
    }
  }
}
