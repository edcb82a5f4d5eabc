package io.headrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.Test;

final class LongHeapTest {

  @Test
  void pairsComeOutLeastFirst() {
    LongHeap heap = new LongHeap();
    PriorityQueue<Long> expected = new PriorityQueue<>();
    List<Long> removed = new ArrayList<>();
    List<Long> inOrder = new ArrayList<>();

    for (long i = 0; i < 20_000; i++) {
      long order = Workload.mix(i) >>> 1;
      heap.add(order, order + 1);
      expected.add(order);
      if (i % 3 == 0) {
        assertThat(heap.least()).isEqualTo(expected.element());
        inOrder.add(expected.remove() + 1);
        removed.add(heap.removeLeast());
      }
    }
    while (heap.size() > 0) {
      inOrder.add(expected.remove() + 1);
      removed.add(heap.removeLeast());
    }

    assertThat(removed).hasSize(20_000).isEqualTo(inOrder);
    assertThat(expected).isEmpty();
  }

  @Test
  void aCopyHasAllPairs() {
    LongHeap heap = new LongHeap();
    heap.add(2, 20);
    heap.add(1, 10);

    assertThat(heap.words()).containsExactly(1, 10, 2, 20);
  }
}
