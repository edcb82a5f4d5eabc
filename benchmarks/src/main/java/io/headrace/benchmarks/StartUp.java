package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The benchmark S1: what a small job costs besides its work. The job is that of W1 with a thousand
 * keys and ten thousand events; its JVM has the jars of its engine alone, and no flags but for the
 * heap and those that the engine asks for.
 */
final class StartUp {

  private static final Workload SMALL =
      new Workload(1_000, 10_000, 2, Duration.ofSeconds(1), Path.of("unused"));
  private static final int RUNS = 7;

  private StartUp() {}

  /** Runs what the arguments ask for. Returns whether everything was right. */
  static boolean run(List<String> arguments) throws IOException, InterruptedException {
    Options options =
        Options.of(Entrant.HEADRACE, Entrant.FLINK, Entrant.JET).withHeap("512m").with(arguments);
    System.out.println(HEADER);
    boolean right = true;
    for (Entrant entrant : options.entrants()) {
      right &= run(entrant, options);
    }
    return right;
  }

  private static boolean run(Entrant entrant, Options options)
      throws IOException, InterruptedException {
    List<Path> jars = jarsOf(entrant);
    List<Started> runs = new ArrayList<>();
    int wanted = options.isQuick() ? 1 : RUNS;
    for (int i = 0; i < wanted; i++) {
      runOnce(entrant, jars, options).ifPresent(runs::add);
    }
    boolean right =
        runs.size() == wanted && runs.stream().allMatch(each -> each.report().isRight());
    System.out.println(
        "| %s | %s | %s | %s |"
            .formatted(
                entrant.title(),
                size(jars),
                runs.isEmpty() ? "FAILED" : medians(runs),
                right ? "right" : "WRONG"));
    return right;
  }

  /** A run that has ended, and how long after its start the first output came. */
  private record Started(Report report, Duration firstOutput, Duration whole) {}

  private static Optional<Started> runOnce(Entrant entrant, List<Path> jars, Options options)
      throws IOException, InterruptedException {
    try (Folder folder = Folder.open(options, "start-up-checkpoints");
        Jvm jvm =
            Jvm.start(
                new Jvm.How(flags(entrant, options), classPath(jars)),
                Child.class,
                Child.arguments(
                    Work.SUMS,
                    entrant,
                    new Workload(
                        SMALL.keys(),
                        SMALL.events(),
                        SMALL.parallelism(),
                        SMALL.checkpointInterval(),
                        folder.path())))) {
      Optional<Report> report = jvm.await(Report.LINE).map(Report::of);
      boolean endedWell = jvm.hasEndedWell();
      Duration whole = Duration.between(jvm.started(), Instant.now());
      return report
          .filter(done -> endedWell)
          .map(
              done ->
                  new Started(done, Duration.between(jvm.started(), done.firstOutput()), whole));
    }
  }

  private static List<String> flags(Entrant entrant, Options options) {
    List<String> flags = new ArrayList<>(entrant.flags());
    flags.add("-Xmx" + options.setting().heap());
    return flags;
  }

  // Class path

  /** Our own jar, and what lies beside it, as its manifest says. */
  private static Path benchmarks() {
    return Path.of(System.getProperty("java.class.path")).toAbsolutePath();
  }

  /** The jars that an engine brings: all that are neither another's nor ours. */
  private static List<Path> jarsOf(Entrant entrant) throws IOException {
    try (Stream<Path> jars = Files.list(benchmarks().resolveSibling("lib"))) {
      return jars.filter(jar -> isOf(entrant, jar.getFileName().toString())).sorted().toList();
    }
  }

  private static boolean isOf(Entrant entrant, String jar) {
    boolean isHeadrace = jar.matches("(headrace|jspecify)-.*");
    boolean isJet = jar.startsWith("hazelcast-");
    boolean isShared = jar.startsWith("slf4j-api-");
    boolean isOurs = jar.matches("(slf4j-simple|HdrHistogram)-.*");
    return switch (entrant) {
      case HEADRACE, HEADRACE_AFTER_ANOTHER -> isHeadrace || isShared;
      case JET, JET_MAP_STATEFUL -> isJet;
      case FLINK -> !isHeadrace && !isJet && !isOurs;
      case LOOP, LOOP_WITHOUT_CHECKPOINTS -> false;
    };
  }

  /** Those jars, ours, and what it logs with. */
  private static String classPath(List<Path> jars) throws IOException {
    try (Stream<Path> all = Files.list(benchmarks().resolveSibling("lib"))) {
      Stream<Path> logging = all.filter(jar -> jar.getFileName().toString().startsWith("slf4j-"));
      return Stream.of(Stream.of(benchmarks()), jars.stream(), logging)
          .flatMap(each -> each)
          .distinct()
          .map(Path::toString)
          .collect(Collectors.joining(System.getProperty("path.separator")));
    }
  }

  private static String size(List<Path> jars) throws IOException {
    long bytes = 0;
    for (Path jar : jars) {
      bytes += Files.size(jar);
    }
    return String.format(Locale.ROOT, "%d | %.2f", jars.size(), bytes / 1e6);
  }

  private static String medians(List<Started> runs) {
    return String.format(
        Locale.ROOT,
        "%.2f | %.2f | %.2f | %d | %d",
        median(runs.stream().map(run -> run.firstOutput().toMillis())) / 1e3,
        median(runs.stream().map(run -> run.whole().toMillis())) / 1e3,
        median(runs.stream().map(run -> run.report().whole().cpu().toMillis())) / 1e3,
        median(runs.stream().map(run -> run.report().whole().peakMebibytes())),
        median(runs.stream().map(run -> run.report().whole().threads())));
  }

  private static long median(Stream<Long> values) {
    List<Long> sorted = values.sorted().toList();
    return sorted.get(sorted.size() / 2);
  }

  private static final String HEADER =
      """
      | contestant | jars | MB of jars | first output s | end of the JVM s | CPU s | peak MiB | threads of Java | sums |
      |---|--:|--:|--:|--:|--:|--:|--:|---|\
      """
          .stripIndent();
}
