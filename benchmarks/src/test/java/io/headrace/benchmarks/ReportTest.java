package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ReportTest {

  private static final Report REPORT =
      new Report(
          new Meter.Measurement(1000, Duration.ofMillis(2), Duration.ofNanos(3_500_000)),
          Instant.parse("2026-01-01T00:00:00.123Z"),
          new Report.Whole(Duration.ofSeconds(5), 123, 17),
          new Result(7, 6, Result.Restore.RIGHT),
          true);

  @Test
  void aParentReadsWhatItsChildPrinted() {
    assertThat(Line.parse(REPORT.line().toString()).map(Report::of)).contains(REPORT);
  }

  @Test
  void ratesAreThoseOfTheMeasuredPart() {
    assertThat(REPORT.eventsPerSecond()).isEqualTo(500_000, within(1e-6));
    assertThat(REPORT.cpuNanosPerEvent()).isEqualTo(3500, within(1e-6));
  }
}
