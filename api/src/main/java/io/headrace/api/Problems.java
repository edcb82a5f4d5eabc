package io.headrace.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with some settings, so that all of it is said at once. */
final class Problems {

  /** A hundred years, so that nanoseconds fit into a long. */
  private static final Duration LONGEST = Duration.ofDays(36_525);

  private final List<String> problems = new ArrayList<>();

  void unless(boolean condition, String message, Object... values) {
    if (!condition) {
      problems.add(String.format(message, values));
    }
  }

  void number(String name, int value, int least) {
    unless(value >= least, "%s must be at least %s, but is %s", name, least, value);
  }

  void duration(String name, Duration value, Duration least) {
    bound(value.compareTo(least) >= 0, name, "least", least, value);
    bound(value.compareTo(LONGEST) <= 0, name, "most", LONGEST, value);
  }

  private void bound(boolean holds, String name, String which, Duration bound, Duration value) {
    unless(
        holds,
        "%s must be at %s %s, but is %s",
        name,
        which,
        Printable.duration(bound),
        Printable.duration(value));
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new HeadraceException(ErrorCode.INVALID_JOB, String.join("; ", problems) + ".");
    }
  }
}
