package io.headrace.checkpoint;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.codec.MalformedDataException;
import java.nio.file.Path;

/** Errors that say what is damaged. */
final class Damage {

  private Damage() {}

  static HeadraceException in(Path file, String what) {
    return new HeadraceException(
        ErrorCode.CHECKPOINT_DAMAGED,
        "File "
            + file
            + " is damaged: "
            + what
            + ". It was changed after it was written, or the disk lost a part of it. Bring it back"
            + " from a copy if there is one.");
  }

  static HeadraceException in(Path file, String what, Exception cause) {
    HeadraceException damage = in(file, what);
    damage.initCause(cause);
    return damage;
  }

  static HeadraceException unreadable(Path file, String what, MalformedDataException cause) {
    String reason = reason(cause);
    String clause = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
    return in(file, what + ": " + clause, cause);
  }

  /** What an error says, without the code that follows it. */
  static String reason(HeadraceException error) {
    String message = String.valueOf(error.getMessage());
    return message.substring(0, message.lastIndexOf("   ["));
  }
}
