package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The benchmark L1: how long an event takes from the moment it comes into being to its output, at
 * 100,000 events a second, with a checkpoint each second.
 */
public final class Latency {

  private static final int PARALLELISM = 2;
  private static final long EVENTS_PER_SECOND = 100_000;
  private static final long EVENTS = 40 * EVENTS_PER_SECOND;
  private static final long QUICK_EVENTS = 8 * EVENTS_PER_SECOND;

  private Latency() {}

  /** Runs what the arguments ask for. Returns whether everything was right. */
  static boolean run(List<String> arguments) throws IOException, InterruptedException {
    Options options =
        Options.of(Entrant.LOOP, Entrant.HEADRACE, Entrant.FLINK, Entrant.JET)
            .withCollectors(List.of(Options.Collector.G1))
            .withHeap("4g")
            .with(arguments);
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

  private static boolean run(
      Entrant entrant, int keys, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    Rotation.checkKeys(keys);
    long events = options.events().orElse(options.isQuick() ? QUICK_EVENTS : EVENTS);
    try (Folder folder = Folder.open(options, "latency-checkpoints");
        Jvm jvm =
            Jvm.start(
                Jvm.How.of(entrant, options.setting().heap(), collector),
                Latency.class,
                List.of(
                    entrant.title(),
                    Integer.toString(keys),
                    Long.toString(events),
                    options.intervals().get(0).toString(),
                    folder.path().toString()))) {
      Optional<Line> line = jvm.await("LATENCY");
      boolean right =
          jvm.hasEndedWell()
              && line.isPresent()
              && line.get().number("wrong") == 0
              && line.get().number("outputs") == events;
      System.out.println(
          "| %s | %,d | %s | %s | %s |"
              .formatted(
                  entrant.title(),
                  keys,
                  collector.title(),
                  line.map(Latency::cells).orElse("FAILED"),
                  right ? "right" : "WRONG"));
      return right;
    }
  }

  private static String cells(Line line) {
    return String.format(
        Locale.ROOT,
        "%,d | %.3f | %.3f | %.3f | %.3f | %.2f | %d / %d",
        line.number("measured"),
        line.number("median") / 1e6,
        line.number("most") / 1e6,
        line.number("nearlyAll") / 1e6,
        line.number("longest") / 1e6,
        (double) line.number("cpuNanos") / line.number("nanos"),
        line.number("completed"),
        line.number("triggered"));
  }

  /** The program of a contestant's JVM; the arguments are those given above. */
  public static void main(String[] arguments) throws Exception {
    Entrant entrant = Entrant.named(arguments[0]);
    Workload workload =
        new Workload(
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            PARALLELISM,
            Duration.parse(arguments[3]),
            Path.of(arguments[4]));
    Latencies latencies =
        new Latencies(workload, workload.events() / 4, Schedule.install(EVENTS_PER_SECOND));
    Takers.install(latencies::newTaker);
    Result result = entrant.make(Work.ROTATION).run(workload);
    System.out.println(latencies.line(result));
    System.exit(0);
  }

  private static final String HEADER =
      """
      | contestant | keys | collector | outputs measured | p50 ms | p99 ms | p99.9 ms | longest ms | cores used | checkpoints complete / begun | sums |
      |---|--:|---|--:|--:|--:|--:|--:|--:|--:|---|\
      """
          .stripIndent();
}
