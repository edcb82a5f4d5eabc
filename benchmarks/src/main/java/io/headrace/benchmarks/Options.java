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
 * @param intervals from one checkpoint to the next, one run for each
 * @param events how many events; the benchmark's own number when empty
 * @param setting what is the same for all runs
 */
record Options(
    List<Entrant> entrants,
    List<Integer> keys,
    List<Collector> collectors,
    List<Duration> intervals,
    Optional<Long> events,
    Setting setting) {

  Options {
    entrants = List.copyOf(entrants);
    keys = List.copyOf(keys);
    collectors = List.copyOf(collectors);
    intervals = List.copyOf(intervals);
  }

  /** These entrants, a million keys, the parallel collector, a checkpoint each second. */
  static Options of(Entrant... entrants) {
    return new Options(
        List.of(entrants),
        List.of(1_000_000),
        List.of(Collector.PARALLEL),
        List.of(Duration.ofSeconds(1)),
        Optional.empty(),
        new Setting("8g", Path.of("target"), Effort.FULL));
  }

  /** These options, changed by arguments; a problem is in the exception's message. */
  Options with(List<String> arguments) {
    Options options = this;
    for (String argument : arguments) {
      options = options.with(argument);
    }
    return options;
  }

  private Options with(String argument) {
    String[] parts = argument.split("=", 2);
    String value = parts.length == 2 ? parts[1] : "";
    return switch (parts[0]) {
      case "--quick" -> with(new Setting(setting.heap(), setting.directory(), Effort.QUICK));
      case "--contestants" ->
          new Options(
              split(value).map(Entrant::named).toList(),
              keys,
              collectors,
              intervals,
              events,
              setting);
      case "--keys" -> withKeys(split(value).map(Integer::valueOf).toList());
      case "--collectors" -> withCollectors(split(value).map(Collector::named).toList());
      case "--intervals" ->
          withIntervals(split(value).map(Long::valueOf).map(Duration::ofMillis).toList());
      case "--events" ->
          new Options(
              entrants, keys, collectors, intervals, Optional.of(Long.valueOf(value)), setting);
      case "--heap" -> withHeap(value);
      case "--directory" -> with(new Setting(setting.heap(), Path.of(value), setting.effort()));
      default ->
          throw new IllegalArgumentException(
              "%s is not known; there are --contestants=, --keys=, --collectors=, --intervals=, --events=, --heap=, --directory= and --quick"
                  .formatted(argument));
    };
  }

  /** These options with other numbers of keys. */
  Options withKeys(List<Integer> others) {
    return new Options(entrants, others, collectors, intervals, events, setting);
  }

  /** These options with other collectors. */
  Options withCollectors(List<Collector> others) {
    return new Options(entrants, keys, others, intervals, events, setting);
  }

  /** These options with other intervals. */
  Options withIntervals(List<Duration> others) {
    return new Options(entrants, keys, collectors, others, events, setting);
  }

  /** These options with another heap, as {@code -Xmx} takes it. */
  Options withHeap(String heap) {
    return with(new Setting(heap, setting.directory(), setting.effort()));
  }

  private Options with(Setting other) {
    return new Options(entrants, keys, collectors, intervals, events, other);
  }

  private static Stream<String> split(String list) {
    return Stream.of(list.split(","));
  }

  /** Whether only a try is wanted. */
  boolean isQuick() {
    return setting.effort() == Effort.QUICK;
  }

  /**
   * What is the same for all runs.
   *
   * @param heap the size of the heap, as {@code -Xmx} takes it
   * @param directory where the folder of the checkpoints goes
   * @param effort how long to run
   */
  record Setting(String heap, Path directory, Effort effort) {}

  /** How much time to take. */
  enum Effort {
    /** Enough for figures that mean something. */
    FULL,
    /** Enough to see that everything works. */
    QUICK
  }

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
