package io.headrace.benchmarks;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one run went: what a child prints as one line and its parent reads.
 *
 * @param measured the part after the warm-up
 * @param firstOutput from the start of the JVM to the first output
 * @param whole what the process used from its start to the end of the run
 * @param result the checkpoints
 * @param checksumRight whether the outputs were those of exactly-once processing
 */
record Report(
    Meter.Measurement measured,
    Duration firstOutput,
    Whole whole,
    Result result,
    boolean checksumRight) {

  private static final Pattern LINE =
      Pattern.compile(
          "REPORT events=(\\d+) time=(\\S+) cpu=(\\S+) first=(\\S+) wholeCpu=(\\S+) peakMiB=(\\d+)"
              + " triggered=(\\d+) completed=(\\d+) restore=(\\w+) checksum=(true|false)");

  /** The line to print. */
  String line() {
    return "REPORT events=%d time=%s cpu=%s first=%s wholeCpu=%s peakMiB=%d triggered=%d completed=%d restore=%s checksum=%s"
        .formatted(
            measured.events(),
            measured.time(),
            measured.cpu(),
            firstOutput,
            whole.cpu(),
            whole.peakMebibytes(),
            result.triggered(),
            result.completed(),
            result.restore(),
            checksumRight);
  }

  /** The report that a line holds; empty when it is some other line. */
  static Optional<Report> parse(String line) {
    Matcher match = LINE.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Report(
            new Meter.Measurement(
                Long.parseLong(match.group(1)),
                Duration.parse(match.group(2)),
                Duration.parse(match.group(3))),
            Duration.parse(match.group(4)),
            new Whole(Duration.parse(match.group(5)), Long.parseLong(match.group(6))),
            new Result(
                Long.parseLong(match.group(7)),
                Long.parseLong(match.group(8)),
                Result.Restore.valueOf(match.group(9))),
            Boolean.parseBoolean(match.group(10))));
  }

  /** Outputs per second of the measured part. */
  double eventsPerSecond() {
    return measured.events() * 1e9 / measured.time().toNanos();
  }

  /** CPU time of the process, compiler and collector included, per event of the measured part. */
  double cpuNanosPerEvent() {
    return (double) measured.cpu().toNanos() / measured.events();
  }

  /**
   * What a process used.
   *
   * @param cpu the CPU time of all its threads
   * @param peakMebibytes its largest resident memory; 0 if unknown
   */
  record Whole(Duration cpu, long peakMebibytes) {}
}
