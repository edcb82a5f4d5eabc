package io.headrace.flink.portable;

import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.Currency;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TimeZone;
import java.util.regex.Pattern;

/** What values stand for that are all in a text, as text that is the same in every JVM. */
final class Contents {

  private Contents() {}

  /** The content of a value. Relative paths are what they mean here. */
  static Optional<String> of(Object value) {
    if (value instanceof Enum<?> constant) {
      return Optional.of(constant.name());
    }
    if (value instanceof Type type) {
      return Optional.of(type.getTypeName());
    }
    if (value instanceof Path path) {
      return Optional.of(path.toAbsolutePath().toString());
    }
    if (value instanceof File) {
      return Optional.of(Path.of(value.toString()).toAbsolutePath().toString());
    }
    if (value.getClass().isArray() && value.getClass().getComponentType().isPrimitive()) {
      return Optional.of(array(value));
    }
    return Scope.isOfJdk(value.getClass()) ? ofJdk(value) : Optional.empty();
  }

  private static Optional<String> ofJdk(Object value) {
    if (value instanceof String text) {
      return Optional.of('"' + text + '"');
    }
    if (value instanceof Date date) {
      return Optional.of(date.toInstant().toString());
    }
    if (value instanceof DateTimeFormatter format) {
      return Optional.of(format + " in " + format.getLocale() + " at " + format.getZone());
    }
    if (value instanceof Pattern pattern) {
      return Optional.of(pattern + " with flags " + pattern.flags());
    }
    if (value instanceof ByteBuffer buffer) {
      byte[] left = new byte[buffer.remaining()];
      buffer.duplicate().get(left);
      return Optional.of(array(left));
    }
    return isText(value)
        ? Optional.of(value.toString()).filter(text -> !hasAddress(text, value))
        : Optional.empty();
  }

  /** Whether a text is another one in each JVM, as that of a lambda: the class and a hash. */
  private static boolean hasAddress(String text, Object value) {
    return text.contains("@" + Integer.toHexString(value.hashCode()));
  }

  /** Whether the text of a value says all about it, if it has no address in it. */
  private static boolean isText(Object value) {
    return value instanceof Comparable<?>
        || value instanceof CharSequence
        || value instanceof Number
        || value instanceof Locale
        || value instanceof TimeZone
        || value instanceof Currency
        || value instanceof BitSet
        || value instanceof OptionalInt
        || value instanceof OptionalLong
        || value instanceof OptionalDouble
        || value.getClass().getPackageName().startsWith("java.time");
  }

  private static String array(Object array) {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < Array.getLength(array); i++) {
      text.append(i == 0 ? "" : ", ").append(Array.get(array, i));
    }
    return text.append(']').toString();
  }
}
