package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RotationTest {

  private static final int KEYS = 10;

  @Test
  void whatAnEventLeadsToFollowsFromItsNumber() {
    Map<Long, Long> sums = new HashMap<>();

    for (long event = 0; event < 1_000; event++) {
      long key = Rotation.key(event, KEYS);
      long sum = sums.merge(key, Workload.value(key), Long::sum);
      assertThat(Rotation.sum(event, KEYS)).as("event %s", event).isEqualTo(sum);
    }
    assertThat(sums).hasSize(KEYS);
  }

  @Test
  void eachPlaceHasAnEventOfItsOwnAndEachHalfEverySecondOne() {
    Set<Long> met = new HashSet<>();

    for (long place = 0; place < 1_000; place++) {
      long event = Rotation.eventAt(place, 1_000);
      assertThat(event % 2).as("place %s", place).isEqualTo(place / 500);
      met.add(event);
    }

    assertThat(met).hasSize(1_000).allMatch(event -> event >= 0 && event < 1_000);
  }

  @Test
  void anOddNumberOfKeysIsRefusedSinceAKeyWouldBelongToTwoSplits() {
    assertThatThrownBy(() -> Rotation.checkKeys(7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("7");
  }
}
