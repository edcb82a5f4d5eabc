package io.headrace.engine.task;

import io.headrace.api.Printable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Failures as a log may show them. Their messages hold what input and systems outside have said;
 * what is logged with them could look like other lines of the log.
 */
public final class Loggable {

  private Loggable() {}

  /**
   * The failure itself where all its messages, and those of its causes, are fit for a log; else one
   * that tells them with a ? for each break and control character, and has the same stacks.
   */
  public static Throwable of(Throwable failure) {
    return isFit(failure, seen()) ? failure : new Told(failure, seen());
  }

  private static Set<Throwable> seen() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private static boolean isFit(@Nullable Throwable failure, Set<Throwable> seen) {
    if (failure == null || !seen.add(failure)) {
      return true;
    }
    if (!isFit(failure) || !isFit(failure.getCause(), seen)) {
      return false;
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (!isFit(suppressed, seen)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFit(Throwable failure) {
    try {
      String text = failure.toString();
      return Printable.lines(text).equals(text);
    } catch (RuntimeException | StackOverflowError broken) {
      return false;
    }
  }

  /** Tells what another failure says. */
  private static final class Told extends Exception {

    private static final long serialVersionUID = 1L;

    Told(Throwable original, Set<Throwable> seen) {
      super(Printable.lines(original));
      seen.add(original);
      setStackTrace(original.getStackTrace());
      Throwable cause = original.getCause();
      if (cause != null && !seen.contains(cause)) {
        initCause(new Told(cause, seen));
      }
      for (Throwable suppressed : original.getSuppressed()) {
        if (!seen.contains(suppressed)) {
          addSuppressed(new Told(suppressed, seen));
        }
      }
    }
  }
}
