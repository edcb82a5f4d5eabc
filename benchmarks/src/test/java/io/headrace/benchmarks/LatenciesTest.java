package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LatenciesTest {

  private static final Workload WORKLOAD =
      new Workload(10, 100, 2, Duration.ofSeconds(1), Path.of("unused"));

  /** Ten a second: the last of a hundred events is due some ten seconds from now. */
  private final Schedule schedule = Schedule.install(10);

  private final Latencies latencies = new Latencies(WORKLOAD, 20, schedule);

  @Test
  void eachEventCountsFromWhenItWasDue() {
    Schedule late = Schedule.install(1_000_000_000);
    Latencies behind = new Latencies(WORKLOAD, 20, late);
    long start = late.due(0);
    while (System.nanoTime() - start < 2_000_000) {
      Thread.onSpinWait();
    }

    takeAll(behind.newTaker(), 0);
    Line line = behind.line(new Result(0, 0, Result.Restore.NOT_TRIED));

    assertThat(line.number("measured")).isEqualTo(80);
    assertThat(line.number("median")).isGreaterThan(1_900_000);
    assertThat(line.number("wrong")).isZero();
  }

  @Test
  void anOutputThatIsTooEarlyCountsAsNone() {
    takeAll(latencies.newTaker(), 0);
    Line line = latencies.line(new Result(0, 0, Result.Restore.NOT_TRIED));

    assertThat(line.number("median")).isZero();
    assertThat(line.number("outputs")).isEqualTo(100);
  }

  @Test
  void aWrongSumIsCounted() {
    takeAll(latencies.newTaker(), 1);

    assertThat(latencies.line(new Result(0, 0, Result.Restore.NOT_TRIED)).number("wrong"))
        .isEqualTo(100);
  }

  private static void takeAll(Taker taker, long error) {
    for (long event = 0; event < WORKLOAD.events(); event++) {
      taker.take(event, Rotation.sum(event, WORKLOAD.keys()) + error);
    }
  }
}
