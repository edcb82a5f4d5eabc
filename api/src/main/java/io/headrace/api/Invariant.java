package io.headrace.api;

import org.jspecify.annotations.Nullable;

/** Checks that stay on in production: what they find stops the task that found it. */
public final class Invariant {

  private Invariant() {}

  /** Throws unless the condition holds; the message is a format with the values that show why. */
  public static void check(boolean condition, String message, @Nullable Object... values) {
    if (!condition) {
      throw new HeadraceException(ErrorCode.INTERNAL, String.format(message, values));
    }
  }
}
