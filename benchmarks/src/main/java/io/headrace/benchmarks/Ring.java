package io.headrace.benchmarks;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A bounded queue from one thread to one other. {@link #offer} belongs to the first, {@link #poll}
 * to the second. A full ring refuses; nothing blocks.
 */
final class Ring<T> {

  private final AtomicReferenceArray<T> slots;
  private final int mask;
  private long head; // the consumer's
  private long tail; // the producer's

  /** A ring of that many slots, a power of two. */
  Ring(int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("a power of two is needed, but got " + capacity);
    }
    slots = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /** Puts an item in line; false when the ring is full. */
  boolean offer(T item) {
    int at = (int) tail & mask;
    if (slots.getAcquire(at) != null) {
      return false;
    }
    slots.setRelease(at, item);
    tail++;
    return true;
  }

  /** Takes the oldest item. */
  Optional<T> poll() {
    int at = (int) head & mask;
    T item = slots.getAcquire(at);
    if (item == null) {
      return Optional.empty();
    }
    clear(at);
    head++;
    return Optional.of(item);
  }

  @SuppressWarnings("NullAway") // an empty slot is null; that is never seen outside
  private void clear(int at) {
    slots.setRelease(at, null);
  }
}
