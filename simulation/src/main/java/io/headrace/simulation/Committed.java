package io.headrace.simulation;

import static io.headrace.simulation.Checks.check;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What sinks have committed to their folders.
 *
 * @param folder the folder of all sinks, with one of its name for each
 * @param known lines that were read before, by their text: what reads many is faster with them
 */
record Committed(Path folder, Map<String, Line> known) {

  private static final JsonMapper JSON = new JsonMapper();

  /** Sink, checkpoint, attempt, task, number. */
  private static final Pattern NAME = Pattern.compile(".*-(\\d{12})-\\d+-\\d+-\\d{6}\\.jsonl");

  static Committed in(Path folder) {
    return new Committed(folder, new HashMap<>());
  }

  /**
   * I1, I2: what is committed is, per key and in order, what the oracle writes, or the beginning of
   * it.
   */
  void compare(Oracle.Result oracle, boolean isAll) throws IOException {
    for (Map.Entry<String, List<Object>> sink : oracle.written().entrySet()) {
      Map<String, List<Line>> expected =
          byKey(sink.getValue().stream().map(Line.class::cast).toList());
      Map<String, List<Line>> found = byKey(read(folder.resolve(sink.getKey())));
      for (String key : expected.keySet()) {
        compare(
            sink.getKey() + "/" + key,
            expected.getOrDefault(key, List.of()),
            found.getOrDefault(key, List.of()),
            isAll);
      }
      check(
          expected.keySet().containsAll(found.keySet()),
          "I2: sink %s has lines of keys %s instead of %s",
          sink.getKey(),
          found.keySet(),
          expected.keySet());
    }
  }

  /** Checks that nothing was written to other sinks. */
  void checkNoOther(Set<String> sinks) throws IOException {
    for (Path file : list(folder)) {
      String sink = folder.relativize(file).getName(0).toString();
      check(sinks.contains(sink), "I2: sink %s has %s, and should have nothing", sink, file);
    }
  }

  /**
   * I14: nothing is lost: each line that the oracle writes is there, once or more often. Lines are
   * told apart by key and count only, since what else they say depends on the order of values that
   * come twice.
   *
   * @return whether something came more than once
   */
  boolean compareAtLeast(Oracle.Result oracle) throws IOException {
    boolean isTwice = false;
    for (Map.Entry<String, List<Object>> sink : oracle.written().entrySet()) {
      List<Line> lines = read(folder.resolve(sink.getKey()));
      isTwice |= lines.size() > sink.getValue().size();
      Set<Line> found = new HashSet<>();
      lines.forEach(line -> found.add(line.withoutDetail()));
      for (Object line : sink.getValue()) {
        Line wanted = ((Line) line).withoutDetail();
        check(found.contains(wanted), "I14: %s of sink %s is lost", wanted, sink.getKey());
      }
    }
    return isTwice;
  }

  /** The newest checkpoint that a committed file is of; 0 if there is none. */
  long newestCheckpoint() throws IOException {
    long newest = 0;
    for (Path file : list(folder)) {
      newest = Math.max(newest, checkpoint(file));
    }
    return newest;
  }

  /** The checkpoint that a committed file names. */
  static long checkpoint(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    check(name.matches(), "I7: %s is not the name of a committed file", file);
    return Long.parseLong(name.group(1));
  }

  private static void compare(String what, List<Line> all, List<Line> some, boolean isAll) {
    check(some.size() <= all.size(), "I2: %s has %s lines of %s", what, some.size(), all.size());
    check(
        some.equals(all.subList(0, some.size())),
        "I1: %s has %s instead of %s",
        what,
        some,
        all.subList(0, some.size()));
    check(
        !isAll || some.size() == all.size(),
        "I2: %s has only %s lines of %s",
        what,
        some.size(),
        all.size());
  }

  private static Map<String, List<Line>> byKey(List<Line> lines) {
    Map<String, List<Line>> byKey = new TreeMap<>();
    for (Line line : lines) {
      byKey.computeIfAbsent(line.key(), any -> new ArrayList<>()).add(line);
    }
    return byKey;
  }

  private List<Line> read(Path folder) throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Path file : list(folder)) {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (int from = 0; from < text.length(); ) {
        int end = text.indexOf('\n', from);
        check(end >= 0, "I2: %s ends in the middle of a line", file);
        lines.add(line(text.substring(from, end)));
        from = end + 1;
      }
    }
    return lines;
  }

  private Line line(String text) throws IOException {
    Line line = known.get(text);
    if (line == null) {
      line = JSON.readValue(text, Line.class);
      known.put(text, line);
    }
    return line;
  }

  /** The committed files of a folder and those within, in the order of their names. */
  static List<Path> list(Path folder) throws IOException {
    List<Path> paths = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.forEach(paths::add);
      }
    }
    paths.removeIf(
        path -> !path.toString().endsWith(".jsonl") || path.toString().contains("/.pending/"));
    paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
    return paths;
  }
}
