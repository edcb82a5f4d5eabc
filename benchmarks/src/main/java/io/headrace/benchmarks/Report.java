package io.headrace.benchmarks;

import java.time.Duration;
import java.time.Instant;

/**
 * How one run went: what a child prints as one line and its parent reads.
 *
 * @param measured the part after the warm-up
 * @param firstOutput when it came
 * @param whole what the process used from its start to the end of the run
 * @param result the checkpoints
 * @param checksumRight whether the outputs were those of exactly-once processing
 */
record Report(
    Meter.Measurement measured,
    Instant firstOutput,
    Whole whole,
    Result result,
    boolean checksumRight) {

  /** The name of the line. */
  static final String LINE = "REPORT";

  /** The line to print. */
  Line line() {
    return Line.of(LINE)
        .with("events", measured.events())
        .with("time", measured.time())
        .with("cpu", measured.cpu())
        .with("first", firstOutput)
        .with("wholeCpu", whole.cpu())
        .with("peakMiB", whole.peakMebibytes())
        .with("threads", whole.threads())
        .with("triggered", result.triggered())
        .with("completed", result.completed())
        .with("restore", result.restore())
        .with("checksum", checksumRight);
  }

  /** The report that such a line holds. */
  static Report of(Line line) {
    return new Report(
        new Meter.Measurement(
            line.number("events"),
            Duration.parse(line.text("time")),
            Duration.parse(line.text("cpu"))),
        Instant.parse(line.text("first")),
        new Whole(
            Duration.parse(line.text("wholeCpu")), line.number("peakMiB"), line.number("threads")),
        new Result(
            line.number("triggered"),
            line.number("completed"),
            Result.Restore.valueOf(line.text("restore"))),
        Boolean.parseBoolean(line.text("checksum")));
  }

  /** Whether neither the outputs nor a restore were wrong. */
  boolean isRight() {
    return checksumRight && result.restore() != Result.Restore.WRONG;
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
   * @param threads the most threads of Java that it had at once
   */
  record Whole(Duration cpu, long peakMebibytes, long threads) {}
}
