package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ChildTest {

  private static final Workload WORKLOAD =
      new Workload(100, 10_000, 2, Duration.ofSeconds(1), Path.of("unused"));
  private static final Result RESULT = new Result(0, 0, Result.Restore.NOT_TRIED);

  @Test
  void oneWrongSumIsFound() throws Exception {
    Contestant wrong =
        workload -> {
          sum(workload, workload.events(), 1);
          return RESULT;
        };

    assertThat(Child.run(Work.SUMS, wrong, WORKLOAD).checksumRight()).isFalse();
  }

  @Test
  void rightSumsAreRightAndTheWarmUpIsNotMeasured() throws Exception {
    Contestant right =
        workload -> {
          sum(workload, workload.events(), 0);
          return RESULT;
        };

    Report report = Child.run(Work.SUMS, right, WORKLOAD);

    assertThat(report.checksumRight()).isTrue();
    assertThat(report.measured().events()).isBetween(1L, 8_000L);
  }

  @Test
  void aMissingOutputIsAnError() {
    Contestant lossy =
        workload -> {
          sum(workload, workload.events() - 1, 0);
          return RESULT;
        };

    assertThatThrownBy(() -> Child.run(Work.SUMS, lossy, WORKLOAD))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("9999 outputs came of 10000 events");
  }

  private static void sum(Workload workload, long events, long error) {
    LongSums sums = new LongSums(workload.keys());
    Tally tally = Meter.newTally();
    tally.add(sums.add(Workload.key(0, workload.keys()), value(0, workload)) + error);
    for (long event = 1; event < events; event++) {
      tally.add(sums.add(Workload.key(event, workload.keys()), value(event, workload)));
    }
    tally.flush();
  }

  private static long value(long event, Workload workload) {
    return Workload.value(Workload.key(event, workload.keys()));
  }
}
