package io.headrace.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what a file and the environment say, as texts. */
final class OutsideSettings {

  /** Names of which more than this part would have to be changed are not similar. */
  private static final double SIMILAR = 1.0 / 3;

  private OutsideSettings() {}

  /** What somebody wrote, and where. */
  record Text(String value, Origin origin) {}

  /**
   * The texts by the names of the settings, the weaker ones first; unknown names are problems. Also
   * those that something stronger overrides: what is wrong with them would show on another day.
   */
  static Map<String, List<Text>> read(SettingsSources sources, SettingsProblems problems) {
    Map<String, List<Text>> texts = new HashMap<>();
    add(environment(sources.variables(), problems), texts);
    sources.file().ifPresent(file -> add(file(file, problems), texts));
    return texts;
  }

  private static void add(Map<String, Text> more, Map<String, List<Text>> texts) {
    more.forEach((name, text) -> texts.computeIfAbsent(name, any -> new ArrayList<>()).add(text));
  }

  private static Map<String, Text> environment(
      Map<String, String> environment, SettingsProblems problems) {
    Map<String, String> names = new HashMap<>();
    Catalogue.ALL.forEach(setting -> names.put(setting.variable(), setting.name()));
    Map<String, Text> texts = new HashMap<>();
    new TreeMap<>(environment)
        .forEach(
            (variable, value) -> {
              String name = names.get(variable);
              if (name != null) {
                String where = "environment variable " + variable;
                texts.put(name, new Text(value, new Origin(Origin.Strength.ENVIRONMENT, where)));
              } else if (variable.startsWith(Setting.ENVIRONMENT_PREFIX)) {
                problems.add(unknown(variable));
              }
            });
    return texts;
  }

  /** What all of them begin with says nothing of which one is meant. */
  private static String unknown(String variable) {
    String prefix = Setting.ENVIRONMENT_PREFIX;
    List<String> names =
        Catalogue.ALL.stream().map(each -> each.variable().substring(prefix.length())).toList();
    return "Environment variable %s is no setting, as all that begin with %s must be.%s"
        .formatted(
            Printable.of(variable),
            prefix,
            nearest(variable.substring(prefix.length()), names)
                .map(near -> " Did you mean " + prefix + near + "?")
                .orElse(" Give it another name; docs/SETTINGS.md lists the settings."));
  }

  private static Map<String, Text> file(Path file, SettingsProblems problems) {
    Map<String, Text> texts = new HashMap<>();
    List<String> names = Catalogue.names("");
    for (PropertiesFile.Line line : lines(file, problems)) {
      Origin origin = new Origin(Origin.Strength.FILE, file + ":" + line.number());
      String name = Printable.of(line.name());
      Text before = texts.get(name);
      if (!names.contains(name)) {
        problems.add(unknown(name + " in " + origin, name, names));
      } else if (before != null) {
        problems.add(
            "%s stands twice, in %s and in %s: take one of them out."
                .formatted(name, before.origin(), origin));
      } else {
        texts.put(name, new Text(line.value(), origin));
      }
    }
    return texts;
  }

  private static List<PropertiesFile.Line> lines(Path file, SettingsProblems problems) {
    try {
      return PropertiesFile.parse(Files.readString(file));
    } catch (IOException | IllegalArgumentException unreadable) {
      problems.add(
          "File %s cannot be read: %s. Check its path, and that it is a properties file in UTF-8."
              .formatted(file, unreadable));
      return List.of();
    }
  }

  /** The value is not told: nobody knows what it is. */
  private static String unknown(String what, String name, Iterable<String> names) {
    return what
        + " is no setting."
        + nearest(name, names)
            .map(near -> " Did you mean " + near + "?")
            .orElse(" docs/SETTINGS.md lists those that there are.");
  }

  /** The name that is most like another, if one is at all. */
  static Optional<String> nearest(String name, Iterable<String> names) {
    Map<String, Integer> distances = new TreeMap<>();
    String plain = plain(name);
    names.forEach(each -> distances.put(each, distance(plain, plain(each))));
    return distances.entrySet().stream()
        .min(Comparator.comparingInt(Map.Entry::getValue))
        .filter(best -> best.getValue() <= name.length() * SIMILAR)
        .map(Map.Entry::getKey);
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '.').replace('-', '.');
  }

  /** How many letters must be put in, taken out or replaced (Levenshtein). */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
