package io.headrace.files;

/** Names and contents of files as messages show them: on one line, and not too long. */
final class Printable {

  private static final int LONGEST = 1000;

  private Printable() {}

  /** A text without control characters, which would let a file write lines of its own in a log. */
  static String of(Object text) {
    return of(text, LONGEST);
  }

  static String of(Object text, int longest) {
    String whole = text.toString();
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(whole.length(), longest); i++) {
      char each = whole.charAt(i);
      shown.append(breaks(each) ? '?' : each);
    }
    return shown.append(whole.length() > longest ? "..." : "").toString();
  }

  private static boolean breaks(char each) {
    return switch (Character.getType(each)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
