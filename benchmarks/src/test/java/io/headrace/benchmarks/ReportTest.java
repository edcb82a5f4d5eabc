package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReportTest {

  private static final Report REPORT =
      new Report(
          new Meter.Measurement(1000, Duration.ofMillis(2), Duration.ofNanos(3_500_000)),
          Duration.ofMillis(80),
          new Report.Whole(Duration.ofSeconds(5), 123),
          new Result(7, 6, Result.Restore.RIGHT),
          true);

  @Test
  void aParentReadsWhatItsChildPrinted() {
    assertThat(Report.parse(REPORT.line())).contains(REPORT);
  }

  @Test
  void anyOtherLineIsNoReport() {
    assertThat(Report.parse("starting")).isEmpty();
  }

  @Test
  void ratesAreThoseOfTheMeasuredPart() {
    assertThat(REPORT.eventsPerSecond()).isEqualTo(500_000, within(1e-6));
    assertThat(REPORT.cpuNanosPerEvent()).isEqualTo(3500, within(1e-6));
  }
}
