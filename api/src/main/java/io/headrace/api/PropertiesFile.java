package io.headrace.api;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Properties with the lines that they stand in, which {@link Properties} forgets. */
final class PropertiesFile {

  private PropertiesFile() {}

  /** A property, and the number of its first line, counted from 1. */
  record Line(int number, String name, String value) {}

  /**
   * The properties of a text, in their order, those that stand twice included.
   *
   * @throws IllegalArgumentException if an escape is malformed
   */
  static List<Line> parse(String text) {
    List<Line> found = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int number = 0;
    while (number < lines.size()) {
      int first = number;
      StringBuilder whole = new StringBuilder(lines.get(number++));
      while (number < lines.size() && isContinued(whole)) {
        whole.append('\n').append(lines.get(number++));
      }
      properties(whole.toString())
          .forEach((name, value) -> found.add(new Line(first + 1, (String) name, (String) value)));
    }
    return found;
  }

  private static Properties properties(String line) {
    Properties properties = new Properties();
    try {
      properties.load(new StringReader(line));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return properties;
  }

  /** Whether a line that is no comment ends with an odd number of backslashes. */
  private static boolean isContinued(CharSequence line) {
    int backslashes = 0;
    while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
      backslashes++;
    }
    String begin = line.toString().stripLeading();
    return backslashes % 2 == 1 && !begin.startsWith("#") && !begin.startsWith("!");
  }
}
