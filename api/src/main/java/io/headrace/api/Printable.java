package io.headrace.api;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Names, contents, messages and times as logs and errors show them: on one line, and not too long.
 * What comes from outside could otherwise write lines of its own in a log, or colour a terminal.
 */
public final class Printable {

  private static final int LONGEST = 1000;

  /** Longer messages are those of a stack that goes on and on. */
  private static final int LONGEST_LINES = 1 << 16;

  /** What the lines of a message begin with, after the first: no line of a log begins so. */
  private static final String INDENT = "  ";

  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  private Printable() {}

  /** Up to 1,000 characters of a text; what would not show, or break the line, is a ? in it. */
  public static String of(@Nullable Object text) {
    return of(text, LONGEST);
  }

  /** Up to so many characters of a text; what would not show, or break the line, is a ? in it. */
  public static String of(@Nullable Object text, int longest) {
    return shown(told(text), longest, false);
  }

  /**
   * A message that may have several lines: those after the first are indented, as messages of ours
   * are. A break that is not followed by two spaces or the end is a ? in it; the rest is as in
   * {@link #of}, but for the length, which is up to 65,536 characters.
   */
  public static String lines(@Nullable Object message) {
    return shown(told(message), LONGEST_LINES, true);
  }

  /** Whether a name shows as it is, on one line. */
  public static boolean isName(String name) {
    return name.codePoints().noneMatch(Printable::breaks);
  }

  /**
   * The whole text of something of the user's, as it is; where it has none, since making it throws,
   * what it is.
   */
  public static String told(@Nullable Object thing) {
    if (thing == null) {
      return "null";
    }
    try {
      // Through an object, since a text may be missing, too.
      Object text = thing.toString();
      return String.valueOf(text);
    } catch (RuntimeException | StackOverflowError broken) {
      return "a %s, whose toString() threw a %s"
          .formatted(thing.getClass().getName(), broken.getClass().getName());
    }
  }

  /**
   * A time as people read it: in the largest unit of the settings that it is a whole number of, if
   * that is a second or more, or else in seconds up to the millisecond, or in whole milliseconds;
   * only what is shorter than one of those is told in full.
   */
  public static String duration(Duration time) {
    BigDecimal exact =
        BigDecimal.valueOf(time.getSeconds())
            .add(BigDecimal.valueOf(time.getNano(), NANO_DIGITS))
            .movePointRight(MILLI_DIGITS);
    BigDecimal millis =
        exact.abs().compareTo(BigDecimal.ONE) < 0 ? exact : exact.setScale(0, RoundingMode.DOWN);
    for (Format.Unit unit : Format.TIMES) {
      BigDecimal[] whole = millis.divideAndRemainder(BigDecimal.valueOf(unit.amount()));
      if (unit.amount() > 1 && whole[1].signum() == 0 && whole[0].signum() != 0) {
        return whole[0].toBigInteger() + " " + unit.name();
      }
    }
    return millis.abs().compareTo(BigDecimal.valueOf(1, -MILLI_DIGITS)) > 0
        ? plain(millis.movePointLeft(MILLI_DIGITS)) + " s"
        : plain(millis) + " ms";
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static String shown(String whole, int longest, boolean mayHaveLines) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < Math.min(whole.length(), longest)) {
      int each = whole.codePointAt(at);
      at += Character.charCount(each);
      boolean isLine = mayHaveLines && each == '\n' && isLine(whole, at);
      shown.appendCodePoint(breaks(each) && !isLine ? '?' : each);
    }
    return shown.append(whole.length() > longest ? "..." : "").toString();
  }

  private static boolean isLine(String whole, int from) {
    return from == whole.length() || whole.startsWith(INDENT, from);
  }

  private static boolean breaks(int each) {
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
