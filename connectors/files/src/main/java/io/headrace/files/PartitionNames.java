package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.util.regex.Pattern;

/**
 * Names of folders that come from values, and so from whoever wrote the input. What is unusual in
 * them is replaced by a percent sign and two hexadecimal digits for each byte, as in URLs; so is a
 * dot in front, and no name can lead out of the folder.
 */
final class PartitionNames {

  private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_=%][A-Za-z0-9_=%.,+-]{0,199}");
  private static final String PLAIN_MARKS = "_=.,+-";
  private static final String PLAIN_MARKS_IN_FRONT = "_=";
  private static final int MOST_LEVELS = 8;

  private PartitionNames() {}

  /** Whether this is the name of one folder, as {@link #safe} makes them. */
  static boolean isSafe(String level) {
    return SAFE.matcher(level).matches();
  }

  /**
   * The name with everything unusual replaced; slashes separate its levels.
   *
   * @throws HeadraceException with {@code VALUE_NOT_ENCODABLE} if a level is empty or too long, or
   *     if there are too many
   */
  static String safe(String name) {
    String[] levels = name.split("/", -1);
    if (levels.length > MOST_LEVELS) {
      throw refused(name, "it has more than " + MOST_LEVELS + " levels");
    }
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].isEmpty()) {
        throw refused(name, "it has a level without a name");
      }
      levels[i] = escaped(name, levels[i]);
      if (!isSafe(levels[i])) {
        throw refused(name, "a level has more than 200 bytes");
      }
    }
    return String.join("/", levels);
  }

  private static String escaped(String name, String level) {
    byte[] bytes =
        Utf8Text.encode(level).orElseThrow(() -> refused(name, "it has half of a character in it"));
    StringBuilder safe = new StringBuilder();
    for (byte each : bytes) {
      char plain = (char) (each & 0xff);
      boolean isPlain =
          plain >= 'A' && plain <= 'Z'
              || plain >= 'a' && plain <= 'z'
              || plain >= '0' && plain <= '9'
              || (safe.isEmpty() ? PLAIN_MARKS_IN_FRONT : PLAIN_MARKS).indexOf(plain) >= 0;
      safe.append(isPlain ? String.valueOf(plain) : "%%%02X".formatted(each & 0xff));
    }
    return safe.toString();
  }

  private static HeadraceException refused(String name, String reason) {
    return new HeadraceException(
        ErrorCode.VALUE_NOT_ENCODABLE,
        "\"%s\" cannot be the folder of a value: %s. Let partitionedBy give names such as \"day=2001-01-01/origin=SFO\"."
            .formatted(Printable.of(name, 40), reason));
  }
}
