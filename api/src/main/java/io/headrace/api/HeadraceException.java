package io.headrace.api;

/** Something went wrong in a way that Headrace can name: see {@link #code()}. */
public class HeadraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A problem without a deeper cause. */
  public HeadraceException(ErrorCode code, String message) {
    super(message + "   [" + code + ", " + code.kind().words() + "]");
    this.code = code;
  }

  /** A problem that has a cause. */
  public HeadraceException(ErrorCode code, String message, Throwable cause) {
    super(message + "   [" + code + ", " + code.kind().words() + "]", cause);
    this.code = code;
  }

  /** Which problem it is; stable over versions. */
  public final ErrorCode code() {
    return code;
  }
}
