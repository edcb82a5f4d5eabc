package io.headrace.engine.task;

import io.headrace.api.ErrorCode;

/** Failures on values, for tests of other packages. */
public final class InputFailures {

  private InputFailures() {}

  /** A failure on a value. */
  public static InputFailure on(String input) {
    return new InputFailure(ErrorCode.USER_FUNCTION_FAILED, input, "It failed on " + input);
  }
}
