package io.headrace.engine.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EdgeTest {

  private static final long ITEMS = 50_000;
  private static final Waker NOBODY = () -> {};

  private static Barrier item(long number) {
    return new Barrier(new CheckpointId(number));
  }

  @Test
  void itemsComeOutInOrderAndNoMoreGoInThanFit() {
    Edge edge = new Edge(4, NOBODY, NOBODY);
    for (long number = 1; number <= 4; number++) {
      assertThat(edge.offer(item(number))).isTrue();
    }

    assertThat(edge.offer(item(5))).isFalse();
    assertThat(edge.poll()).isEqualTo(item(1));
    assertThat(edge.offer(item(5))).isTrue();
    for (long number = 2; number <= 5; number++) {
      assertThat(edge.isDrained()).isFalse();
      assertThat(edge.poll()).isEqualTo(item(number));
    }
    assertThat(edge.poll()).isNull();
    assertThat(edge.isDrained()).isTrue();
  }

  @Test
  void theOtherSideIsWokenByEachItemAndEachRoom() {
    AtomicInteger producer = new AtomicInteger();
    AtomicInteger consumer = new AtomicInteger();
    Edge edge = new Edge(1, producer::incrementAndGet, consumer::incrementAndGet);

    edge.offer(item(1));
    edge.offer(item(2));
    assertThat(consumer).hasValue(1);
    edge.poll();
    edge.poll();

    assertThat(producer).hasValue(1);
  }

  @Test
  void aCapacityThatIsNoPowerOfTwoIsRefused() {
    assertThatThrownBy(() -> new Edge(12, NOBODY, NOBODY))
        .hasMessageContaining("a capacity of 12 is not a power of two");
  }

  /** Each side parks for good when it finds nothing: a wake-up that is lost would end the test. */
  @Test
  void nothingIsLostOrSwappedBetweenTwoThreads() throws InterruptedException {
    for (int capacity : new int[] {1, 2, 16}) {
      Thread consumer = Thread.currentThread();
      Thread[] producer = {consumer};
      Edge edge =
          new Edge(
              capacity, () -> LockSupport.unpark(producer[0]), () -> LockSupport.unpark(consumer));
      producer[0] = new Thread(() -> produce(edge));
      producer[0].start();

      for (long number = 1; number <= ITEMS; number++) {
        Item next = edge.poll();
        while (next == null) {
          LockSupport.park(edge);
          next = edge.poll();
        }
        assertThat(((Barrier) next).checkpoint().value()).isEqualTo(number);
      }

      producer[0].join();
      assertThat(edge.poll()).isNull();
    }
  }

  private static void produce(Edge edge) {
    for (long number = 1; number <= ITEMS; number++) {
      Item next = item(number);
      while (!edge.offer(next)) {
        LockSupport.park(edge);
      }
    }
  }
}
