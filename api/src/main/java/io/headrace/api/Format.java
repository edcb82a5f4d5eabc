package io.headrace.api;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the values of a setting are written in files and environment variables.
 *
 * @param type what such a value is called
 * @param example what one may look like, for those who wrote something else
 * @param parser throws an IllegalArgumentException, a DateTimeException, an ArithmeticException or
 *     a HeadraceException for what is no such value
 */
record Format<T>(
    String type, String example, Function<String, T> parser, Function<T, String> printer) {

  static final Format<Integer> COUNT =
      new Format<>("a whole number", "4", Integer::valueOf, String::valueOf);

  private static final String NO_LIMIT = "no limit";

  static final Format<Integer> LIMIT =
      new Format<>(
          "a whole number or " + NO_LIMIT,
          "10",
          text -> text.equals(NO_LIMIT) ? Integer.MAX_VALUE : Integer.valueOf(text),
          count -> count == Integer.MAX_VALUE ? NO_LIMIT : String.valueOf(count));

  static final Format<Double> NUMBER =
      new Format<>("a number", "1.5", Double::valueOf, String::valueOf);

  static final Format<Boolean> YES_NO =
      new Format<>("true or false", "true", Format::yesNo, String::valueOf);

  static final Format<Duration> DURATION =
      new Format<>(
          "a duration", "10 s, 200 ms, 1 min, 2 h or PT10S", Format::duration, Format::text);

  static final Format<Long> SIZE =
      new Format<>("a size", "512 mb, 2 gb or 65536 b", Format::size, Format::text);

  static final Format<Path> PATH =
      new Format<>("a path", "/var/lib/orders/state", Format::path, Path::toString);

  static final Format<CheckpointId> CHECKPOINT =
      new Format<>(
          "the number of a checkpoint",
          "41",
          text -> new CheckpointId(Long.parseLong(text)),
          CheckpointId::toString);

  /** Two letters at least: one is a drive of Windows. */
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:");

  private static final Pattern AMOUNT = Pattern.compile("(\\d+)\\s*([a-z]*)");

  /** A unit, and how many of the smallest one it is. */
  record Unit(String name, long amount) {}

  static final List<Unit> TIMES =
      List.of(
          new Unit("d", 86_400_000),
          new Unit("h", 3_600_000),
          new Unit("min", 60_000),
          new Unit("s", 1_000),
          new Unit("ms", 1));

  private static final List<Unit> SIZES =
      List.of(
          new Unit("tb", 1L << 40),
          new Unit("gb", 1L << 30),
          new Unit("mb", 1L << 20),
          new Unit("kb", 1L << 10),
          new Unit("b", 1));

  /** One of some words. */
  static <T> Format<T> oneOf(List<T> values, Function<T, String> word) {
    String words = values.stream().map(word).collect(Collectors.joining(" or "));
    return new Format<>(
        words,
        word.apply(values.get(0)),
        text ->
            values.stream()
                .filter(value -> word.apply(value).equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text)),
        word);
  }

  /** A value that may be absent. */
  static <T> Format<Optional<T>> optional(Format<T> format) {
    return new Format<>(
        format.type,
        format.example,
        text -> Optional.of(format.parser.apply(text)),
        value -> value.map(format.printer).orElse("none"));
  }

  /** The value that a text stands for, if it stands for one. */
  Optional<T> parse(String text) {
    try {
      return text.isBlank() ? Optional.empty() : Optional.of(parser.apply(text.strip()));
    } catch (IllegalArgumentException
        | DateTimeException
        | ArithmeticException
        | HeadraceException notOne) {
      return Optional.empty();
    }
  }

  /** A value as a text, on one line. */
  String print(T value) {
    return Printable.of(printer.apply(value));
  }

  private static Boolean yesNo(String text) {
    return Stream.of(true, false)
        .filter(value -> String.valueOf(value).equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(text));
  }

  /** A URL would be a path as well, of folders that nobody meant; no scheme leads elsewhere. */
  private static Path path(String text) {
    if (SCHEME.matcher(text).lookingAt()) {
      throw new IllegalArgumentException(text);
    }
    return Path.of(text);
  }

  private static Duration duration(String text) {
    return text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(amount(text, TIMES));
  }

  private static Long size(String text) {
    return amount(text, SIZES);
  }

  private static long amount(String text, List<Unit> units) {
    Matcher matcher = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
    if (matcher.matches()) {
      for (Unit unit : units) {
        if (unit.name.equals(matcher.group(2))) {
          return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit.amount);
        }
      }
    }
    throw new IllegalArgumentException(text);
  }

  private static String text(Duration duration) {
    return duration.toNanosPart() % 1_000_000 == 0 && !duration.isNegative()
        ? text(duration.toMillis(), TIMES)
        : duration.toString();
  }

  private static String text(Long size) {
    return text(size, SIZES);
  }

  private static String text(long amount, List<Unit> units) {
    for (Unit unit : units) {
      if (amount > 0 && amount % unit.amount == 0) {
        return amount / unit.amount + " " + unit.name;
      }
    }
    return amount + " " + units.get(units.size() - 1).name;
  }
}
