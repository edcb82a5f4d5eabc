package io.headrace.engine.task;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Closes several things. */
public final class Closing {

  private Closing() {}

  /** Closes something after a failure, which keeps what that throws, too. */
  public static void after(Throwable failure, AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception | Error alsoFailed) {
      if (alsoFailed != failure) {
        failure.addSuppressed(alsoFailed);
      }
    }
  }

  /** Closes everything in order, also after closing something threw; throws the first of it. */
  public static void closeAll(List<? extends AutoCloseable> resources) throws Exception {
    @Nullable Throwable first = null;
    for (AutoCloseable resource : resources) {
      try {
        resource.close();
      } catch (Exception | Error failure) {
        if (first == null) {
          first = failure;
        } else if (first != failure) {
          first.addSuppressed(failure);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof Exception exception) {
      throw exception;
    }
  }
}
