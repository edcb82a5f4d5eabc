package io.headrace.benchmarks;

/**
 * Counts and sums the outputs of one task: the sink of every contestant. Used by one thread; {@link
 * #flush} once the task has had its last output.
 */
final class Tally {

  /** Outputs between two reports to the shared meter: few enough that its counters cost nothing. */
  private static final int REPORT_EVERY = 4096;

  private final Meter meter;
  private int pending;
  private long sum;
  private int limit = 1; // the first output is reported at once: its time is measured

  Tally(Meter meter) {
    this.meter = meter;
  }

  /** Takes one output. */
  void add(long output) {
    sum += output;
    if (++pending >= limit) {
      flush();
      limit = REPORT_EVERY;
    }
  }

  /** Reports what was not yet reported. */
  void flush() {
    if (pending > 0) {
      meter.count(pending, sum);
      pending = 0;
      sum = 0;
    }
  }
}
