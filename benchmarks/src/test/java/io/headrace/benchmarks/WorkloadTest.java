package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WorkloadTest {

  @Test
  void theChecksumIsTheSumOfAllRunningSums() {
    Workload workload = workload(100, 10_000, 2);
    Map<Long, Long> sums = new HashMap<>();
    long outputs = 0;

    for (long event = workload.events() - 1; event >= 0; event--) {
      long key = Workload.key(event, workload.keys());
      outputs += sums.merge(key, Workload.value(key), Long::sum);
    }

    assertThat(workload.checksum(Work.SUMS.step())).isEqualTo(outputs);
    assertThat(sums).hasSize(100);
  }

  @Test
  void theChecksumOfOrdersIsTheSumOfTheDigestsOfAllTotals() {
    Workload workload = workload(100, 10_000, 2);
    Map<String, Totals> totals = new HashMap<>();
    long outputs = 0;

    for (long event = 0; event < workload.events(); event++) {
      Order order = Order.drawn(event, workload.keys());
      Totals now = totals.getOrDefault(order.customer(), Totals.NONE).plus(order);
      totals.put(order.customer(), now);
      outputs += now.digest();
    }

    assertThat(workload.checksum(Work.ORDERS.step())).isEqualTo(outputs);
    assertThat(totals).hasSize(100);
  }

  @Test
  void valuesAreBeyondTheCacheOfBoxedLongs() {
    for (long event = 0; event < 1000; event++) {
      assertThat(Workload.value(Workload.key(event, 1000))).isBetween(128L, 135L);
    }
  }

  @Test
  void theSharesOfTheTasksCoverAllEvents() {
    Workload workload = workload(1, 10, 3);

    assertThat(workload.firstEvent(0)).isZero();
    assertThat(workload.firstEvent(1)).isEqualTo(3);
    assertThat(workload.firstEvent(2)).isEqualTo(6);
    assertThat(workload.firstEvent(3)).isEqualTo(10);
  }

  @Test
  void aWorkloadWithoutKeysIsRefused() {
    assertThatThrownBy(() -> workload(0, 10, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 keys");
  }

  private static Workload workload(int keys, long events, int parallelism) {
    return new Workload(keys, events, parallelism, Duration.ofSeconds(1), Path.of("unused"));
  }
}
