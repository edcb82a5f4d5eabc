package io.headrace.api;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A line of the catalogue of settings.
 *
 * @param name in files; environment variables are named after it
 * @param format how its values are written
 * @param read its value in settings
 * @param standard the default in words, where it is not the same on every machine
 * @param meaning what it is for
 */
record Setting<T>(
    String name,
    Format<T> format,
    Function<Settings, T> read,
    Optional<String> standard,
    String meaning) {

  static final String ENVIRONMENT_PREFIX = "HEADRACE_";

  /** A setting whose default is the same everywhere. */
  static <T> Setting<T> of(
      String name, Format<T> format, Function<Settings, T> read, String meaning) {
    return new Setting<>(name, format, read, Optional.empty(), meaning);
  }

  /** This, with a default that depends on the machine, in words. */
  Setting<T> standard(String words) {
    return new Setting<>(name, format, read, Optional.of(words), meaning);
  }

  /** The name of its environment variable. */
  String variable() {
    return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Its value in settings, as it is written in a file. */
  String text(Settings settings) {
    return format.print(read.apply(settings));
  }
}
