package io.headrace.files;

import io.headrace.api.ValueRejectedException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
   * @throws ValueRejectedException if there is no name, a level of it is empty or too long, or
   *     there are too many
   */
  static String safe(@Nullable String name) throws ValueRejectedException {
    if (name == null) {
      throw refused("it is null");
    }
    String[] levels = name.split("/", -1);
    if (levels.length > MOST_LEVELS) {
      throw refused("it has more than " + MOST_LEVELS + " levels");
    }
    for (int i = 0; i < levels.length; i++) {
      if (levels[i].isEmpty()) {
        throw refused("it has a level without a name");
      }
      levels[i] = escaped(levels[i]);
      if (!isSafe(levels[i])) {
        throw refused("a level has more than 200 bytes");
      }
    }
    return String.join("/", levels);
  }

  private static String escaped(String level) throws ValueRejectedException {
    byte[] bytes =
        Utf8Text.encode(level).orElseThrow(() -> refused("it has half of a character in it"));
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

  /** The name is not told: it was made of what is in the value. */
  private static ValueRejectedException refused(String reason) {
    return new ValueRejectedException(
        "since what its partitionedBy function gave is no name of a folder, such as"
            + " \"day=2001-01-01/origin=SFO\": "
            + reason);
  }
}
