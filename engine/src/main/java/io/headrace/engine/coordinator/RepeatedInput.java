package io.headrace.engine.coordinator;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.engine.task.InputFailure;
import java.util.Optional;

/**
 * Sees that one value makes attempt after attempt fail: restarting does not help then. Pure.
 *
 * @param input names the value that the last attempt failed on; empty if it failed for another
 *     reason
 * @param failures how many attempts in a row failed on it
 */
record RepeatedInput(Optional<String> input, int failures) {

  /** After so many restarts that fail on the same value as before, the job is stopped. */
  private static final int MOST_RESTARTS = 3;

  static final RepeatedInput NONE = new RepeatedInput(Optional.empty(), 0);

  /** What is seen after one more failure. */
  RepeatedInput after(Throwable cause) {
    if (!(cause instanceof InputFailure failure)) {
      return NONE;
    }
    boolean isSame = input.filter(failure.input()::equals).isPresent();
    return new RepeatedInput(Optional.of(failure.input()), isSame ? failures + 1 : 1);
  }

  /** The error that the job ends with, when it must not restart again. */
  Optional<HeadraceException> end(Throwable cause) {
    if (failures <= MOST_RESTARTS) {
      return Optional.empty();
    }
    return Optional.of(
        new HeadraceException(
            ErrorCode.POISONOUS_INPUT,
            "The job stops, since "
                + MOST_RESTARTS
                + " restarts in a row failed on the same input ("
                + input.orElse("unknown")
                + "). "
                + (cause instanceof HeadraceException ours ? ours.reason() : cause.toString()),
            cause));
  }
}
