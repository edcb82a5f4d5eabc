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
}
