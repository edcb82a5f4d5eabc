package io.headrace.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The main class of a contestant's own JVM: runs it once and prints a {@link Report} line. */
final class Child {

  private Child() {}

  /** Arguments that {@link #main} understands as this workload for this entrant. */
  static List<String> arguments(Entrant entrant, Workload workload) {
    return List.of(
        entrant.title(),
        Integer.toString(workload.keys()),
        Long.toString(workload.events()),
        Integer.toString(workload.parallelism()),
        workload.checkpointInterval().toString(),
        workload.directory().toString());
  }

  /** Runs one contestant; the arguments are those of {@link #arguments}. */
  public static void main(String[] arguments) throws Exception {
    Entrant entrant = Entrant.named(arguments[0]);
    Workload workload =
        new Workload(
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Integer.parseInt(arguments[3]),
            Duration.parse(arguments[4]),
            Path.of(arguments[5]));
    Report report = run(entrant.make(), workload);
    System.out.println(report.line());
    // An engine may leave threads behind; the parent waits for the end of this process.
    System.exit(0);
  }

  /** Runs a contestant in this JVM and tells how it went. */
  static Report run(Contestant contestant, Workload workload) throws Exception {
    Meter meter = Meter.install(workload);
    Result result = contestant.run(workload);
    Duration wholeCpu = ProcessUse.cpuSoFar();
    long peakMebibytes = ProcessUse.peakMebibytes();
    if (meter.counted() != workload.events()) {
      throw new IllegalStateException(
          "%s outputs came of %s events".formatted(meter.counted(), workload.events()));
    }
    return new Report(
        meter.measurement().orElseThrow(),
        meter.untilFirstOutput().orElseThrow(),
        new Report.Whole(wholeCpu, peakMebibytes),
        result,
        meter.checksum() == workload.checksum());
  }
}
