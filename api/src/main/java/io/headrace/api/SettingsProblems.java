package io.headrace.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Collects what is wrong with settings from outside, so that all of it is said at once. */
final class SettingsProblems {

  private final List<String> problems = new ArrayList<>();

  void add(String problem) {
    problems.add(problem);
  }

  /**
   * Makes a part of the settings, which checks itself.
   *
   * @param origins which settings from outside went into it, and where they stand
   * @param otherwise what to go on with, so that what follows is checked too
   */
  <T> T check(List<String> origins, Supplier<T> part, T otherwise) {
    try {
      return part.get();
    } catch (HeadraceException refused) {
      problems.add(refused.reason() + " See " + String.join(", ", origins) + ".");
      return otherwise;
    }
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          "The settings cannot be used, for %d %s:\n  - %s\n"
              .formatted(
                  problems.size(),
                  problems.size() == 1 ? "reason" : "reasons",
                  String.join("\n  - ", problems)));
    }
  }
}
