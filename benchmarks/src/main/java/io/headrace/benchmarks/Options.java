package io.headrace.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What to run, read from the command line.
 *
 * @param entrants who takes part
 * @param keys how many keys, one run for each number
 * @param collectors one run for each
 * @param events how many events; each entrant's own number when empty
 * @param setting what is the same for all runs
 */
record Options(
    List<Entrant> entrants,
    List<Integer> keys,
    List<Collector> collectors,
    Optional<Long> events,
    Setting setting) {

  private static final long QUICK_EVENTS = 3_000_000;
  private static final long START_UP_EVENTS = 10_000;

  Options {
    entrants = List.copyOf(entrants);
    keys = List.copyOf(keys);
    collectors = List.copyOf(collectors);
  }

  /** What runs without any argument: everybody, a million keys, the parallel collector. */
  static Options standard() {
    return new Options(
        List.of(Entrant.values()),
        List.of(1_000_000),
        List.of(Collector.PARALLEL),
        Optional.empty(),
        new Setting("8g", Duration.ofSeconds(1), Path.of("target")));
  }

  /** Reads arguments; the problem is in the exception's message. */
  static Options parse(List<String> arguments) {
    Options options = standard();
    for (String argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private Options with(String argument) {
    String[] parts = argument.split("=", 2);
    String value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0]) {
      case "--quick" -> new Options(entrants, keys, collectors, Optional.of(QUICK_EVENTS), setting);
      case "--start-up" ->
          new Options(
              entrants,
              List.of(1000),
              collectors,
              Optional.of(START_UP_EVENTS),
              new Setting("512m", setting.interval(), setting.directory()));
      case "--contestants" ->
          new Options(split(value).map(Entrant::named).toList(), keys, collectors, events, setting);
      case "--keys" ->
          new Options(
              entrants, split(value).map(Integer::valueOf).toList(), collectors, events, setting);
      case "--collectors" ->
          new Options(entrants, keys, split(value).map(Collector::named).toList(), events, setting);
      case "--events" ->
          new Options(entrants, keys, collectors, Optional.of(Long.valueOf(value)), setting);
      case "--heap" ->
          new Options(
              entrants,
              keys,
              collectors,
              events,
              new Setting(value, setting.interval(), setting.directory()));
      case "--directory" ->
          new Options(
              entrants,
              keys,
              collectors,
              events,
              new Setting(setting.heap(), setting.interval(), Path.of(value)));
      default ->
          throw new IllegalArgumentException(
              "%s is not known; there are --contestants=, --keys=, --collectors=, --events=, --heap=, --directory=, --quick and --start-up"
                  .formatted(argument));
    };
  }

  private static Stream<String> split(String list) {
    return Stream.of(list.split(","));
  }

  /**
   * What is the same for all runs.
   *
   * @param heap the size of the heap, as {@code -Xmx} takes it
   * @param interval from one checkpoint to the next
   * @param directory where the folder of the checkpoints goes
   */
  record Setting(String heap, Duration interval, Path directory) {}

  /** A garbage collector. */
  enum Collector {
    /** The parallel collector: the better one for throughput. */
    PARALLEL("parallel", "-XX:+UseParallelGC"),
    /** G1, the default of a machine that is large enough. */
    G1("g1", "-XX:+UseG1GC");

    private final String title;
    private final String flag;

    Collector(String title, String flag) {
      this.title = title;
      this.flag = flag;
    }

    static Collector named(String title) {
      return Stream.of(values())
          .filter(collector -> collector.title.equals(title))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "no collector is called " + title + "; there are parallel and g1"));
    }

    /** The name in the table and on the command line. */
    String title() {
      return title;
    }

    /** The flag that chooses it. */
    String flag() {
      return flag;
    }
  }
}
