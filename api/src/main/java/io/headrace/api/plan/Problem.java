package io.headrace.api.plan;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Something that is wrong with a plan.
 *
 * @param where the operator, state or stream
 * @param what what is wrong with it, a full sentence
 * @param remedy what to do, a full sentence
 */
public record Problem(String where, String what, String remedy) {

  /**
   * The error of a job that is refused for its problems, all of which it tells.
   *
   * @param problems one or more
   */
  public static HeadraceException refusal(String job, List<Problem> problems) {
    return new HeadraceException(
        ErrorCode.INVALID_JOB,
        "Job \"%s\" cannot be run, for %d %s:\n%s\n"
            .formatted(
                job,
                problems.size(),
                problems.size() == 1 ? "reason" : "reasons",
                problems.stream()
                    .map(problem -> "  - " + problem)
                    .collect(Collectors.joining("\n"))));
  }

  @Override
  public String toString() {
    return where + ": " + what + " " + remedy;
  }
}
