package io.headrace.architecture;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A comment of a Java source, with the offsets of its first character and of the one behind it.
 *
 * @param text the comment with its slashes and stars
 */
record Comment(int start, int end, String text) {

  /**
   * Text blocks, strings and characters are matched too, so that nothing in them is a comment.
   * Possessive throughout: a loop that can go back takes a stack frame for each character.
   */
  private static final Pattern TOKEN =
      Pattern.compile(
          """
          (?s)\"""(?:\\\\.|(?!\""")[^\\\\])*+\"""\
          |"(?:\\\\.|[^"\\\\\\n])*+"\
          |'(?:\\\\.|[^'\\\\\\n])*+'\
          |(?<comment>//[^\\n]*+|/\\*.*?\\*/)\
          """);

  static List<Comment> in(String source) {
    List<Comment> found = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(source);
    while (matcher.find()) {
      if (matcher.group("comment") != null) {
        found.add(new Comment(matcher.start(), matcher.end(), matcher.group()));
      }
    }
    return List.copyOf(found);
  }

  boolean isJavadoc() {
    return text.startsWith("/**");
  }

  boolean isLine() {
    return text.startsWith("//");
  }

  /** The words of the comment, on one line. */
  String words() {
    return text.replaceAll("(?m)^\\s*(//+|/\\*+|\\*+/?)|\\*/", " ").replaceAll("\\s+", " ").strip();
  }

  /** How many of its lines say something. */
  long filledLines() {
    return text.lines().filter(line -> !line.replaceAll("[/*\\s]", "").isEmpty()).count();
  }
}
