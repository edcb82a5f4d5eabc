package io.headrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The benchmark R1: how long after {@code kill -9} of its JVM a job with seven million keys has an
 * output again, when it is started again at once.
 */
final class Recovery {

  private static final int KEYS = 7_000_000;
  private static final int QUICK_KEYS = 200_000;

  private Recovery() {}

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
    System.out.println(FOOTNOTES);
    return right;
  }

  /** What is asked for; the keys, if they are not said, as many as there is time for. */
  static Options options(List<String> arguments) {
    Options standard = Options.of(Entrant.HEADRACE, Entrant.FLINK);
    boolean isQuick = standard.with(arguments).isQuick();
    return standard.withKeys(List.of(isQuick ? QUICK_KEYS : KEYS)).with(arguments);
  }

  private static boolean run(
      Entrant entrant, int keys, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    Optional<Crash> crash =
        Crash.run(
            new CrashChild.Plan(entrant, keys, options.intervals().get(0), Duration.ZERO),
            collector,
            options,
            Crash.Moment.WHEN_COMPLETE);
    System.out.println(
        "| %s | %,d | %s | %s |"
            .formatted(
                entrant.title(),
                keys,
                collector.title(),
                crash.map(Recovery::cells).orElse("FAILED")));
    return crash.map(Crash::isRight).orElse(false);
  }

  private static String cells(Crash crash) {
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f | %,d | %s",
        crash.toFirstOutput().toMillis() / 1e3,
        crash.toNewOutput().toMillis() / 1e3,
        crash.replayed(),
        crash.isRight() ? "right" : "WRONG");
  }

  private static final String HEADER =
      """
      | contestant | keys | collector | first output after s | first new output after s | events replayed | sums |
      |---|--:|---|--:|--:|--:|---|\
      """
          .stripIndent();

  private static final String FOOTNOTES =
      """

      Both times are from kill -9 on; the JVM is started again as soon as the killed one is gone.
      Every output of the second JVM is checked, until there was one of each key.
      jet, loop: the open edition of Jet keeps its snapshots in the JVM that is killed; the loop has no restart.
      """;
}
