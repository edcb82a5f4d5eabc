package io.headrace.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The main class of a contestant's own JVM: runs it once and prints a {@link Report} line. */
final class Child {

  private Child() {}

  /** Arguments that {@link #main} understands as this workload of some work for this entrant. */
  static List<String> arguments(Work work, Entrant entrant, Workload workload) {
    return List.of(
        work.name(),
        entrant.title(),
        Integer.toString(workload.keys()),
        Long.toString(workload.events()),
        Integer.toString(workload.parallelism()),
        workload.checkpointInterval().toString(),
        workload.directory().toString());
  }

  /** Runs one contestant; the arguments are those of {@link #arguments}. */
  public static void main(String[] arguments) throws Exception {
    Work work = Work.valueOf(arguments[0]);
    Entrant entrant = Entrant.named(arguments[1]);
    Workload workload =
        new Workload(
            Integer.parseInt(arguments[2]),
            Long.parseLong(arguments[3]),
            Integer.parseInt(arguments[4]),
            Duration.parse(arguments[5]),
            Path.of(arguments[6]));
    Report report = run(work, entrant.make(work), workload);
    System.out.println(report.line());
    // An engine may leave threads behind; the parent waits for the end of this process.
    System.exit(0);
  }

  /** Runs a contestant in this JVM and tells how it went. */
  static Report run(Work work, Contestant contestant, Workload workload) throws Exception {
    Meter meter = Meter.install(workload);
    Result result = contestant.run(workload);
    Report.Whole whole =
        new Report.Whole(
            ProcessUse.cpuSoFar(), ProcessUse.peakMebibytes(), ProcessUse.peakThreads());
    if (meter.counted() != workload.events()) {
      throw new IllegalStateException(
          "%s outputs came of %s events".formatted(meter.counted(), workload.events()));
    }
    return new Report(
        meter.measurement().orElseThrow(),
        meter.firstOutput().orElseThrow(),
        whole,
        result,
        meter.checksum() == workload.checksum(work.step()));
  }
}
