package io.headrace.api;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from that the program does not say itself. Nothing is read before {@link
 * Settings#orElse}.
 *
 * @param file a properties file in UTF-8 with nothing but settings: stronger than the environment
 * @param variables environment variables; those that do not begin with {@code HEADRACE_} are
 *     nobody's business here
 */
public record SettingsSources(Optional<Path> file, Map<String, String> variables) {

  /** Copies the map. */
  public SettingsSources {
    variables = Map.copyOf(variables);
  }

  /** A properties file alone. */
  public static SettingsSources file(Path file) {
    return new SettingsSources(Optional.of(file), Map.of());
  }

  /** The environment variables of this process alone. */
  public static SettingsSources environment() {
    return new SettingsSources(Optional.empty(), System.getenv());
  }

  /** A properties file, and the environment variables of this process where it says nothing. */
  public static SettingsSources fileAndEnvironment(Path file) {
    return new SettingsSources(Optional.of(file), System.getenv());
  }
}
