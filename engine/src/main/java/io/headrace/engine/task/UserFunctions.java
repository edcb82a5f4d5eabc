package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** What becomes of exceptions that functions of the user throw. */
final class UserFunctions {

  private UserFunctions() {}

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
