package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** What becomes of exceptions that functions of the user throw. */
final class UserFunctions {

  private UserFunctions() {}

  /** The error to throw for what a user's function threw: itself if it is one of ours. */
  static HeadraceException failed(String operator, String function, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours;
    }
    return new HeadraceException(
        ErrorCode.USER_FUNCTION_FAILED,
        "The "
            + function
            + " of operator \""
            + operator
            + "\" threw "
            + thrown
            + ". The job starts again from its last complete checkpoint; mend the function if the"
            + " same value fails again.",
        thrown);
  }

  /** Checks that a user's function returned something. */
  static Object present(String operator, Object value) {
    if (value == null) {
      throw new HeadraceException(
          ErrorCode.USER_FUNCTION_FAILED,
          "Operator \""
              + operator
              + "\" produced null. Streams carry no nulls: use Optional, or filter or flatMap to"
              + " produce nothing.");
    }
    return value;
  }
}
