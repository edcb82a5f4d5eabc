package io.headrace.codec;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import org.jspecify.annotations.Nullable;

/**
 * A part of a value cannot be encoded. On the way out every codec around the part says where the
 * part stands in it, so that only a failure pays for the path. One thread.
 */
final class UnencodableException extends HeadraceException {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final StringBuilder path = new StringBuilder();
  private String root = "The value";

  /**
   * @param reason what goes after the path: what is wrong, and what to do
   */
  UnencodableException(String reason) {
    super(ErrorCode.VALUE_NOT_ENCODABLE, reason);
    this.reason = reason;
  }

  /**
   * @param cause what code of the user threw
   */
  UnencodableException(String reason, Throwable cause) {
    this(reason);
    initCause(cause);
  }

  /** The value, if it is one of a class. */
  @SuppressWarnings("unchecked") // Which is checked here.
  static <T> T instance(Class<T> type, @Nullable Object value) {
    if (!type.isInstance(value)) {
      throw notOf(type, value);
    }
    return (T) value;
  }

  /** What to throw for a value that is null or of another class than it should be. */
  static UnencodableException notOf(Class<?> type, @Nullable Object value) {
    return new UnencodableException(
        value == null
            ? "is null. Use Optional for what may be absent."
            : "is of class "
                + value.getClass().getTypeName()
                + ", not "
                + type.getTypeName()
                + ". Look for an unchecked cast, which hides such a mistake.");
  }

  /** What to throw for what a collection threw, unless one of its elements was encoded then. */
  static UnencodableException of(RuntimeException thrown) {
    return thrown instanceof UnencodableException unencodable
        ? unencodable
        : new UnencodableException(
            "is a collection that threw "
                + thrown
                + ". Do not change a value once it was handed over.",
            thrown);
  }

  /** This, with one more step at the front of the path. */
  UnencodableException within(String owner, String step) {
    root = owner;
    path.insert(0, step);
    return this;
  }

  @Override
  public String getMessage() {
    return coded(code(), root + path + " " + reason);
  }
}
