package io.headrace.files;

import java.util.List;
import java.util.SplittableRandom;

/** Texts with whatever may confuse somebody who looks for their ends. */
final class RandomText {

  /** What may stand in a line. */
  static final List<String> IN_A_LINE =
      List.of(
          "a", "ü", "€", "😀", " ", "\t", "\"", "\"\"", ",", ";", "\\", "'", "=1+1", "\0", "null");

  /** What else may stand in a text. */
  static final List<String> ANY =
      List.of(
          "a", "ü", "😀", " ", "\"", "\"\"", ",", "\n", "\r\n", "\r", "\n\n", "\u2028", "\ufeff");

  private RandomText() {}

  static String of(SplittableRandom random, List<String> parts) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(8); left > 0; left--) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }
}
