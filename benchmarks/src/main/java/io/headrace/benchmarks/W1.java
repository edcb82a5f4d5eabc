package io.headrace.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The benchmark W1: a running sum for each of many random keys, two tasks, a checkpoint each
 * second. Runs every contestant in a JVM of its own, one after the other, and prints a table.
 */
public final class W1 {

  private static final int PARALLELISM = 2;

  private W1() {}

  /**
   * Runs what the arguments ask for; see {@code benchmarks/README.md}. Exits with 1 on a failure.
   */
  public static void main(String[] arguments) throws Exception {
    Options options = Options.parse(List.of(arguments));
    System.out.println(HEADER);
    boolean failed = false;
    for (int keys : options.keys()) {
      for (Options.Collector collector : options.collectors()) {
        for (Entrant entrant : options.entrants()) {
          failed |= !run(entrant, keys, collector, options);
        }
      }
    }
    System.out.println(FOOTNOTES);
    if (failed) {
      System.exit(1);
    }
  }

  private static boolean run(
      Entrant entrant, int keys, Options.Collector collector, Options options)
      throws IOException, InterruptedException {
    Path directory = options.setting().directory().toAbsolutePath().resolve("w1-checkpoints");
    empty(directory);
    Workload workload =
        new Workload(
            keys,
            options.events().orElse(entrant.defaultEvents()),
            PARALLELISM,
            options.setting().interval(),
            directory);
    Optional<Report> report =
        runChild(command(entrant, workload, collector, options.setting().heap()));
    System.out.println(
        report
            .map(done -> row(entrant, keys, collector, done))
            .orElse(
                "| %s | %,d | %s | FAILED |".formatted(entrant.title(), keys, collector.title())));
    empty(directory);
    return report
        .map(done -> done.checksumRight() && done.result().restore() != Result.Restore.WRONG)
        .orElse(false);
  }

  private static List<String> command(
      Entrant entrant, Workload workload, Options.Collector collector, String heap) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms" + heap, "-Xmx" + heap, collector.flag()));
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    command.addAll(entrant.flags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Child.class.getName());
    command.addAll(Child.arguments(entrant, workload));
    return command;
  }

  /** Runs a child to its end; what it prints beside its report goes to the standard error. */
  private static Optional<Report> runChild(List<String> command)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // A benchmark that is stopped by hand must not leave a contestant running.
    Runtime.getRuntime().addShutdownHook(new Thread(child::destroyForcibly));
    Optional<Report> report = Optional.empty();
    try (BufferedReader lines = child.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Optional<Report> parsed = Report.parse(line);
        if (parsed.isPresent()) {
          report = parsed;
        } else {
          System.err.println(line);
        }
      }
    }
    return child.waitFor() == 0 ? report : Optional.empty();
  }

  private static void empty(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(directory);
  }

  private static String row(Entrant entrant, int keys, Options.Collector collector, Report report) {
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
        report.firstOutput().toMillis() / 1e3,
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
