package io.headrace.engine.task;

import java.util.List;
import java.util.Optional;

/** What becomes of exceptions that functions of the user throw. */
final class UserFunctions {

  /** The packages whose code calls the functions of users. */
  private static final List<String> CALLERS =
      List.of(UserFunctions.class.getPackageName() + ".", "io.headrace.api.plan.");

  /** What a function did that emitted null. */
  static final String EMITTED_NULL =
      "it emitted null, and streams carry no nulls: use Optional, or emit nothing";

  private UserFunctions() {}

  /** The line of the function that threw, or that called what threw. */
  static Optional<String> line(Exception thrown) {
    StackTraceElement[] trace = thrown.getStackTrace();
    for (int i = 1; i < trace.length; i++) {
      if (CALLERS.stream().anyMatch(trace[i].getClassName()::startsWith)) {
        StackTraceElement function = trace[i - 1];
        return function.getLineNumber() > 0
            ? Optional.of(function.getFileName() + ":" + function.getLineNumber())
            : Optional.empty();
      }
    }
    return Optional.empty();
  }
}
