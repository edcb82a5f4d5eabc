package io.headrace.flink.portable;

import io.headrace.api.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Something within a plan. As a line it can be told by one JVM to another.
 *
 * @param operator the name of the operator; nothing for what concerns the whole job
 * @param way to it within the operator, step by step; nothing for the operator itself
 * @param type what it is
 * @param content its value, if it is not all in parts of its own; all of what is short, else the
 *     beginning and a hash
 */
record Part(String operator, String way, String type, String content) {

  /** So much of a value is shown: it may be a secret. */
  private static final int LONGEST = 60;

  private static final String BETWEEN = "\t";

  private static final int FIELDS = 4;

  /** The content of what is not taken apart. */
  private static final String TOO_MUCH = "too much to compare";

  /** A part with a content of any length. */
  static Part of(String operator, String way, String type, String content) {
    return new Part(Printable.of(operator), way, type, told(content));
  }

  /** A part that is too large to be taken apart. */
  static Part tooMuch(String operator, String way, String type) {
    return of(operator, way, type, TOO_MUCH);
  }

  /** Whether it may differ from one that it equals. */
  boolean isTooMuch() {
    return content.equals(TOO_MUCH);
  }

  /** The same, farther down. */
  Part below(String parent) {
    return new Part(operator, join(parent, way), type, content);
  }

  /** Whether it is another one, or within it. */
  boolean isWithin(Part other) {
    return operator.equals(other.operator)
        && (other.way.isEmpty() || way.equals(other.way) || way.startsWith(other.way + ", "));
  }

  /** Where it is, in words. */
  String where() {
    return join(operator.isEmpty() ? "the job" : "operator \"" + operator + "\"", way);
  }

  /** What it is, in words. */
  String value() {
    return content.isEmpty() ? "a " + type : content + " (" + type + ")";
  }

  static String join(String parent, String step) {
    return parent.isEmpty() || step.isEmpty() ? parent + step : parent + ", " + step;
  }

  /** A text that is short and on one line, else its beginning and a hash. */
  static String told(String content) {
    // Through bytes, since half a character does not come through to the other JVM.
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String shown = Printable.of(new String(bytes, StandardCharsets.UTF_8), LONGEST);
    return shown.equals(content)
        ? content
        : "%s (%d characters with hash %s)".formatted(shown, content.length(), hash(bytes));
  }

  private static String hash(byte[] text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, Long.BYTES);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every JDK has SHA-256.", missing);
    }
  }

  String line() {
    return String.join(BETWEEN, List.of(operator, way, type, content));
  }

  static Part parse(String line) {
    String[] fields = line.split(BETWEEN, -1);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException("This is no part of a plan: " + Printable.of(line));
    }
    return new Part(fields[0], fields[1], fields[2], fields[3]);
  }
}
