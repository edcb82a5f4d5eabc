package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;

/** Bytes are not what their schema says. */
public final class MalformedDataException extends HeadraceException {

  private static final long serialVersionUID = 1L;

  /** Says what was expected and what was found. */
  public MalformedDataException(String message) {
    super(ErrorCode.CHECKPOINT_DAMAGED, message);
  }

  private MalformedDataException(String message, Throwable cause) {
    super(ErrorCode.CHECKPOINT_DAMAGED, message, cause);
  }

  /**
   * Says what code of the user, called with what was read, threw.
   *
   * @throws VirtualMachineError if it is one, since the data did nothing wrong then
   */
  static MalformedDataException thrownBy(String code, Throwable thrown) {
    if (thrown instanceof VirtualMachineError fatal) {
      throw fatal;
    }
    return new MalformedDataException(code + " refuses what was read: " + thrown, thrown);
  }
}
