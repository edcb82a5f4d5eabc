package io.headrace.engine.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue from one task to another: one thread offers, one thread polls.
 *
 * <p>A slot is empty or holds an item; each side has an index of its own and looks only at the slot
 * there. Release and acquire on the slot publish the item (after Lamport's ring of 1983, as in
 * FastForward by Giacomoni and others, 2008).
 */
final class Edge {

  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Item[].class);

  private final @Nullable Item[] slots;
  private final int mask;
  private final Waker producer;
  private final Waker consumer;
  private int tail;
  private int head;

  /**
   * @param capacity how many items are held, a power of two
   */
  Edge(int capacity, Waker producer, Waker consumer) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("a capacity of " + capacity + " is not a power of two");
    }
    this.slots = new Item[capacity];
    this.mask = capacity - 1;
    this.producer = producer;
    this.consumer = consumer;
  }

  /** Appends an item unless the edge is full. Producer only. */
  boolean offer(Item item) {
    int slot = tail & mask;
    if (SLOT.getAcquire(slots, slot) != null) {
      return false;
    }
    SLOT.setRelease(slots, slot, item);
    tail++;
    consumer.wake();
    return true;
  }

  /** Whether the consumer has taken everything. Producer only. */
  boolean isDrained() {
    return SLOT.getAcquire(slots, (tail - 1) & mask) == null;
  }

  /** The oldest item, which stays; null when there is none. Consumer only. */
  @Nullable Item peek() {
    return (Item) SLOT.getAcquire(slots, head & mask);
  }

  /** Takes the oldest item; null when there is none. Consumer only. */
  @Nullable Item poll() {
    int slot = head & mask;
    Item item = (Item) SLOT.getAcquire(slots, slot);
    if (item != null) {
      SLOT.setRelease(slots, slot, null);
      head++;
      producer.wake();
    }
    return item;
  }
}
