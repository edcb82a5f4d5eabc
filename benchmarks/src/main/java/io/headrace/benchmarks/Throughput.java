package io.headrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The benchmarks W1, W6 and W7: state for each of many random keys, two tasks, a checkpoint each
 * second. Runs every contestant in a JVM of its own, one after the other, and prints a table.
 */
final class Throughput {

  private static final int PARALLELISM = 2;
  private static final long QUICK_EVENTS = 3_000_000;

  private final Work work;

  /** The benchmark of some work. */
  Throughput(Work work) {
    this.work = work;
  }

  /** Runs what the arguments ask for. Returns whether everything was right. */
  boolean run(List<String> arguments) throws IOException, InterruptedException {
    Entrant[] all =
        List.of(Entrant.values()).stream()
            .filter(entrant -> entrant.takesPartIn(work))
            .toArray(Entrant[]::new);
    Options options = Options.of(all).with(arguments);
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

  private boolean run(Entrant entrant, int keys, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    try (Folder folder = Folder.open(options, "throughput-checkpoints")) {
      long events =
          options.events().orElseGet(() -> options.isQuick() ? QUICK_EVENTS : eventsOf(entrant));
      Workload workload =
          new Workload(keys, events, PARALLELISM, options.intervals().get(0), folder.path());
      Optional<Run> run = run(entrant, workload, collector, options.setting().heap());
      System.out.println(
          run.map(done -> row(entrant, keys, collector, done))
              .orElse(
                  "| %s | %,d | %s | FAILED |"
                      .formatted(entrant.title(), keys, collector.title())));
      return run.map(done -> done.report().isRight()).orElse(false);
    }
  }

  /** A run that has ended, and how long after its start the first output came. */
  private record Run(Report report, Duration firstOutput) {}

  private Optional<Run> run(
      Entrant entrant, Workload workload, Options.Collector collector, String heap)
      throws IOException, InterruptedException {
    try (Jvm jvm =
        Jvm.start(
            Jvm.How.of(entrant, heap, collector),
            Child.class,
            Child.arguments(work, entrant, workload))) {
      Optional<Report> report = jvm.await(Report.LINE).map(Report::of);
      return jvm.hasEndedWell()
          ? report.map(done -> new Run(done, Duration.between(jvm.started(), done.firstOutput())))
          : Optional.empty();
    }
  }

  /** Events enough for twenty seconds or more on two cores. */
  private long eventsOf(Entrant entrant) {
    boolean isSums = work == Work.SUMS;
    return switch (entrant) {
      case LOOP, LOOP_WITHOUT_CHECKPOINTS -> isSums ? 1_500_000_000 : 200_000_000;
      case HEADRACE, HEADRACE_AFTER_ANOTHER -> isSums ? 400_000_000 : 100_000_000;
      case FLINK, JET, JET_MAP_STATEFUL -> isSums ? 50_000_000 : 30_000_000;
    };
  }

  private static String row(Entrant entrant, int keys, Options.Collector collector, Run run) {
    Report report = run.report();
    Result result = report.result();
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %s | %,d | %.1f | %,.0f | %,.1f | %.1f | %d / %d | %s | %s | %.2f | %,d |",
        entrant.title(),
        keys,
        collector.title(),
        report.measured().events(),
        report.measured().time().toMillis() / 1e3,
        report.eventsPerSecond(),
        report.cpuNanosPerEvent(),
        report.whole().cpu().toMillis() / 1e3,
        result.completed(),
        result.triggered(),
        report.checksumRight() ? "right" : "WRONG",
        switch (result.restore()) {
          case RIGHT -> "right";
          case WRONG -> "WRONG";
          case NOT_TRIED -> "-";
        },
        run.firstOutput().toMillis() / 1e3,
        report.whole().peakMebibytes());
  }

  private static final String HEADER =
      """
      | contestant | keys | collector | events measured | s | events/s | CPU ns/event | CPU s of the process | checkpoints complete / begun | checksum | restore | first output s | peak MiB |
      |---|--:|---|--:|--:|--:|--:|--:|--:|---|---|--:|--:|\
      """
          .stripIndent();

  private static final String FOOTNOTES =
      """

      CPU ns/event: CPU time of the whole process, compiler and collector included, during the measured part.
      loop, loop-bare: written by hand for this one job; loop syncs its checkpoints to disk.
      flink: checkpoints are files; Flink does not sync them. The count includes a final one at the end of input.
      jet, jet-map-stateful: snapshots are kept in memory, in the same JVM; nothing is written to disk.
      loop and jet wait the interval after a checkpoint is complete, flink after one has begun.
      """;
}
