package io.headrace.benchmarks;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a child tells its parent on a line of its standard output: a name in capitals, then fields.
 * Immutable.
 *
 * @param name what it is about
 * @param fields name and value of each; without spaces
 */
record Line(String name, SortedMap<String, String> fields) {

  private static final Pattern LINE = Pattern.compile("[A-Z]+( [a-zA-Z]+=\\S+)*");

  Line {
    fields = new TreeMap<>(fields);
  }

  /** A line without fields. */
  static Line of(String name) {
    return new Line(name, new TreeMap<>());
  }

  /** This line and one field more. */
  Line with(String field, Object value) {
    SortedMap<String, String> more = new TreeMap<>(fields);
    more.put(field, value.toString());
    return new Line(name, more);
  }

  /** The line that was printed; empty when it is some other text. */
  static Optional<Line> parse(String text) {
    if (!LINE.matcher(text).matches()) {
      return Optional.empty();
    }
    String[] words = text.split(" ");
    SortedMap<String, String> fields = new TreeMap<>();
    for (int i = 1; i < words.length; i++) {
      String[] parts = words[i].split("=", 2);
      fields.put(parts[0], parts[1]);
    }
    return Optional.of(new Line(words[0], fields));
  }

  /** A field. */
  String text(String field) {
    return Optional.ofNullable(fields.get(field))
        .orElseThrow(
            () ->
                new IllegalArgumentException("there is no field %s in %s".formatted(field, this)));
  }

  /** A field that is a whole number. */
  long number(String field) {
    return Long.parseLong(text(field));
  }

  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(name);
    fields.forEach((field, value) -> line.append(' ').append(field).append('=').append(value));
    return line.toString();
  }
}
