package io.headrace.architecture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The table of features, {@code docs/FEATURES.md}: what it says of tests and status follows from
 * the tests, which carry the ids of features as tags.
 */
final class FeatureTable {

  private static final String PAGE = "docs/FEATURES.md";

  /** A row: id, feature, status, tests. */
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\| ([A-Z][A-Za-z]*-?\\d+[a-z]?) \\| ([^|]*) \\| ([^|]*) \\| ?([^|]*)\\|$");

  private static final Pattern TAG = Pattern.compile("@Tag\\(\"([A-Z][A-Za-z]*-?\\d+[a-z]?)\"\\)");

  private final Repository repository;

  FeatureTable(Repository repository) {
    this.repository = repository;
  }

  /** Rows that do not say what the tests say, and tags without a row. */
  List<String> problems() {
    Map<String, Set<String>> tests = testsByTag();
    List<String> problems = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    Matcher row = ROW.matcher(Repository.text(page()));
    while (row.find()) {
      String id = row.group(1);
      if (!known.add(id)) {
        problems.add("%s has two rows for %s; join them".formatted(PAGE, id));
      }
      String right = row(id, row.group(2), tests.getOrDefault(id, Set.of()));
      if (!row.group().equals(right)) {
        problems.add("%s must say: %s".formatted(PAGE, right));
      }
    }
    for (Map.Entry<String, Set<String>> tag : tests.entrySet()) {
      if (!known.contains(tag.getKey())) {
        problems.add(
            "%s has no row for %s, which %s shows; add one"
                .formatted(PAGE, tag.getKey(), tag.getValue()));
      }
    }
    return problems;
  }

  private static String row(String id, String feature, Set<String> tests) {
    return "| %s | %s | %s | %s |"
        .formatted(
            id,
            feature,
            tests.isEmpty() ? "not yet" : "done",
            tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining(", ")))
        .replace("|  |", "| |");
  }

  /** The classes of tests by the features that they show. */
  private Map<String, Set<String>> testsByTag() {
    Map<String, Set<String>> tests = new LinkedHashMap<>();
    for (Path file : repository.files(each -> each.toString().endsWith("Test.java"))) {
      String name = file.getFileName().toString().replace(".java", "");
      Matcher tag = TAG.matcher(Repository.text(file));
      while (tag.find()) {
        tests.computeIfAbsent(tag.group(1), any -> new TreeSet<>()).add(name);
      }
    }
    return tests;
  }

  private Path page() {
    return repository.root().resolve(PAGE);
  }
}
