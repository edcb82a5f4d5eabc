package io.headrace.engine.task;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** An operator failed on one value, and is likely to fail on it again. */
public final class InputFailure extends HeadraceException {

  private static final long serialVersionUID = 1L;

  private static final String IF_AGAIN =
      ". If it fails on the value again after a restart, mend what fails on it, or pass such values"
          + " with skipFailures() or deadLetters().";

  private final String input;
  private final String what;

  /**
   * A failure without a deeper cause.
   *
   * @param input names operator and value: the same for the same value in every attempt
   * @param what what happened: a sentence without its full stop
   */
  InputFailure(ErrorCode code, String input, String what) {
    super(code, what + IF_AGAIN);
    this.input = input;
    this.what = what;
  }

  /** A failure that has a cause. */
  InputFailure(ErrorCode code, String input, String what, Throwable cause) {
    super(code, what + IF_AGAIN, cause);
    this.input = input;
    this.what = what;
  }

  /** Which operator failed on which value: the same for the same value in every attempt. */
  public String input() {
    return input;
  }

  /** What happened, without what follows from it: a sentence without its full stop. */
  public String what() {
    return what;
  }
}
