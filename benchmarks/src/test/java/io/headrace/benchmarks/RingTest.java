package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RingTest {

  @Test
  void itemsComeOutInOrderAndAFullRingRefuses() {
    Ring<String> ring = new Ring<>(2);

    assertThat(ring.offer("one")).isTrue();
    assertThat(ring.offer("two")).isTrue();
    assertThat(ring.offer("three")).isFalse();

    assertThat(ring.poll()).contains("one");
    assertThat(ring.offer("three")).isTrue();
    assertThat(ring.poll()).contains("two");
    assertThat(ring.poll()).contains("three");
    assertThat(ring.poll()).isEmpty();
  }
}
