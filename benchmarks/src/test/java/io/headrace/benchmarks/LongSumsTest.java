package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LongSumsTest {

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void itSumsAsAHashMapDoes(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    LongSums sums = new LongSums(1000);
    Map<Long, Long> expected = new HashMap<>();

    for (int step = 0; step < 100_000; step++) {
      long key = random.nextLong(1, 1001);
      long value = random.nextLong();
      assertThat(sums.add(key, value))
          .as("seed %s, step %s", seed, step)
          .isEqualTo(expected.merge(key, value, Long::sum));
    }
  }

  @Test
  void theFingerprintDependsOnTheSumsAndNotOnTheirOrder() {
    LongSums one = new LongSums(10);
    LongSums other = new LongSums(100);
    one.add(1, 5);
    one.add(2, 7);
    other.add(2, 7);
    other.add(1, 4);

    assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());

    other.add(1, 1);
    assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
  }

  @Test
  void aFullTableSaysSo() {
    LongSums sums = new LongSums(2);

    assertThatThrownBy(
            () -> {
              for (long key = 1; key < 100; key++) {
                sums.add(key, 1);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("full");
  }
}
