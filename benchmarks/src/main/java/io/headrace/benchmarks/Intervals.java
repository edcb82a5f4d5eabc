package io.headrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What checkpoints cost and what they save, against the interval between them: overhead, events
 * replayed after a crash, and the time to recover. For Headrace alone.
 */
final class Intervals {

  private static final List<Duration> MILLIS =
      LongStream.of(50, 200, 1_000, 5_000, 30_000).mapToObj(Duration::ofMillis).toList();
  private static final List<Duration> QUICK_MILLIS =
      LongStream.of(50, 1_000).mapToObj(Duration::ofMillis).toList();
  private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(15);
  private static final Duration QUICK_WINDOW = Duration.ofSeconds(2);

  private Intervals() {}

  /** Runs what the arguments ask for. Returns whether everything was right. */
  static boolean run(List<String> arguments) throws IOException, InterruptedException {
    Options options = options(arguments);
    System.out.println(HEADER);
    boolean right = true;
    for (int keys : options.keys()) {
      for (Options.Collector collector : options.collectors()) {
        for (Entrant entrant : options.entrants()) {
          right &= run(entrant, keys, collector, options);
        }
      }
    }
    return right;
  }

  /** What is asked for; the intervals, if they are not said, as there is time for. */
  static Options options(List<String> arguments) {
    Options standard = Options.of(Entrant.HEADRACE);
    boolean isQuick = standard.with(arguments).isQuick();
    return standard.withIntervals(isQuick ? QUICK_MILLIS : MILLIS).with(arguments);
  }

  private static boolean run(
      Entrant entrant, int keys, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    Duration shortest = options.isQuick() ? QUICK_WINDOW : SHORTEST_WINDOW;
    Optional<Line> without =
        Crash.measure(
            CrashChild.Plan.withoutCheckpoints(entrant, keys, shortest), collector, options);
    System.out.println(
        "| none | %s |".formatted(without.map(Intervals::withoutCheckpoints).orElse("FAILED")));
    double base = without.map(Intervals::cpuNanosPerEvent).orElse(Double.NaN);
    boolean right = without.map(line -> line.number("wrong") == 0).orElse(false);
    for (Duration interval : options.intervals()) {
      Duration window = interval.compareTo(shortest) > 0 ? interval : shortest;
      Optional<Crash> crash =
          Crash.run(
              new CrashChild.Plan(entrant, keys, interval, window),
              collector,
              options,
              Crash.Moment.WHEN_NEXT_IS_DUE);
      System.out.println(
          "| %s | %s |"
              .formatted(text(interval), crash.map(done -> cells(done, base)).orElse("FAILED")));
      right &= crash.map(Crash::isRight).orElse(false);
    }
    return right;
  }

  private static String text(Duration interval) {
    return interval.toMillis() < 1_000 ? interval.toMillis() + " ms" : interval.toSeconds() + " s";
  }

  private static double cpuNanosPerEvent(Line measured) {
    return (double) measured.number("cpuNanos") / measured.number("outputs");
  }

  private static double eventsPerSecond(Line measured) {
    return measured.number("outputs") * 1e9 / measured.number("nanos");
  }

  private static String withoutCheckpoints(Line measured) {
    return String.format(
        Locale.ROOT,
        "- | %.1f | - | %,.0f | everything | - | - | %s",
        cpuNanosPerEvent(measured),
        eventsPerSecond(measured),
        measured.number("wrong") == 0 ? "right" : "WRONG");
  }

  private static String cells(Crash crash, double base) {
    Line measured = crash.measured().orElseThrow();
    double nanos = cpuNanosPerEvent(measured);
    return String.format(
        Locale.ROOT,
        "%.2f | %.1f | %+.0f %% | %,.0f | %,d | %.2f | %.2f | %s",
        measured.number("nanos") / 1e9 / Math.max(1, measured.number("complete")),
        nanos,
        100 * (nanos / base - 1),
        eventsPerSecond(measured),
        crash.replayed(),
        crash.toFirstOutput().toMillis() / 1e3,
        crash.toNewOutput().toMillis() / 1e3,
        crash.isRight() ? "right" : "WRONG");
  }

  private static final String HEADER =
      """
      | interval | one each s | CPU ns/event | overhead | events/s | events replayed | first output after s | first new output after s | sums |
      |--:|--:|--:|--:|--:|--:|--:|--:|---|\
      """
          .stripIndent();
}
