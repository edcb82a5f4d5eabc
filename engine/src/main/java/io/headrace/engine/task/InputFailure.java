package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** An operator failed on one value, and is likely to fail on it again. */
public final class InputFailure extends HeadraceException {

  private static final long serialVersionUID = 1L;

  private final String input;

  /**
   * A failure without a deeper cause.
   *
   * @param input names operator and value: the same for the same value in every attempt
   */
  InputFailure(ErrorCode code, String input, String message) {
    super(code, message);
    this.input = input;
  }

  /** A failure that has a cause. */
  InputFailure(ErrorCode code, String input, String message, Throwable cause) {
    super(code, message, cause);
    this.input = input;
  }

  /** Which operator failed on which value: the same for the same value in every attempt. */
  public String input() {
    return input;
  }
}
