package io.headrace.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a job has committed to its folder of updates.
 *
 * @param byAirport the lines of each airport, in the order in which they were committed
 */
record Updates(Map<String, List<String>> byAirport) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Reads all committed files of a folder. */
  static Updates read(Path folder) throws IOException {
    Map<String, List<String>> byAirport = new TreeMap<>();
    for (Path file : files(folder)) {
      for (String line : Files.readAllLines(file)) {
        byAirport.computeIfAbsent(parse(line).airport(), any -> new ArrayList<>()).add(line);
      }
    }
    return new Updates(byAirport);
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).filter(Updates::isCommitted).sorted().toList();
    }
  }

  private static boolean isCommitted(Path file) {
    return file.getFileName().toString().endsWith(".jsonl");
  }

  private static AirportDelay parse(String line) throws IOException {
    return JSON.readValue(line, AirportDelay.class);
  }

  /** How many lines there are. */
  int count() {
    return byAirport.values().stream().mapToInt(List::size).sum();
  }

  /** The last update of each airport, the busiest airport first. */
  List<AirportDelay> report() throws IOException {
    List<AirportDelay> last = new ArrayList<>();
    for (List<String> lines : byAirport.values()) {
      last.add(parse(lines.get(lines.size() - 1)));
    }
    last.sort((one, other) -> Long.compare(other.flights(), one.flights()));
    return last;
  }

  /** The report as a table of its first rows. */
  static String table(List<AirportDelay> report, int rows) {
    StringBuilder table = new StringBuilder("airport   flights   mean delay   worst\n");
    report.stream()
        .limit(rows)
        .forEach(
            row ->
                table.append(
                    "%-7s %9d %8.1f min %7d%n"
                        .formatted(row.airport(), row.flights(), row.mean(), row.worst())));
    return table.toString();
  }

  /** What differs between these and others, line by line; empty if nothing does. */
  List<String> differences(Updates expected) {
    List<String> differences = new ArrayList<>();
    Map<String, List<String>> all = new TreeMap<>(byAirport);
    expected.byAirport().forEach(all::putIfAbsent);
    for (String airport : all.keySet()) {
      List<String> mine = byAirport.getOrDefault(airport, List.of());
      List<String> theirs = expected.byAirport().getOrDefault(airport, List.of());
      for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
        String line = i < mine.size() ? mine.get(i) : "nothing";
        String other = i < theirs.size() ? theirs.get(i) : "nothing";
        if (!line.equals(other)) {
          differences.add("%s, line %d: %s instead of %s".formatted(airport, i + 1, line, other));
        }
      }
    }
    return differences;
  }
}
