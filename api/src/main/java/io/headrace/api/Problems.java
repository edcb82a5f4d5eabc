package io.headrace.api;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with some settings, so that all of it is said at once. */
final class Problems {

  private final List<String> problems = new ArrayList<>();

  void unless(boolean condition, String message, Object... values) {
    if (!condition) {
      problems.add(String.format(message, values));
    }
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new HeadraceException(ErrorCode.INVALID_JOB, String.join("; ", problems) + ".");
    }
  }
}
