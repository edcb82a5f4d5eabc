package io.headrace.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The timers of a task that go by one kind of time, the earliest first: a binary heap. One thread.
 *
 * <p>Timers stand in slots and do not move; the heap is of the numbers of slots, so that it moves
 * no references. Behind the heap, in the same array, stand the slots that are free.
 */
final class TimerQueue {

  /** The earliest time of an empty queue: later than any timer. */
  static final long NONE = Long.MAX_VALUE;

  private static final int FEWEST = 16;

  /** Of a time, a hash, a number and a reference; what they refer to is shared or small. */
  private static final int BYTES_PER_SLOT = 24;

  private final MemoryBudget budget;
  private final StateName state;
  private int[] heap = {};
  private long[] times = {};
  private long[] hashes = {};
  private @Nullable Object[] keys = {};
  private int size;

  TimerQueue(MemoryBudget budget, StateName state) {
    this.budget = budget;
    this.state = state;
  }

  int size() {
    return size;
  }

  /** The earliest time; {@link #NONE} if there is none. */
  long time() {
    return size == 0 ? NONE : times[heap[0]];
  }

  /** The hash of the key of the earliest. */
  long hash() {
    return hashes[heap[0]];
  }

  /** The key of the earliest, if it was given. */
  @Nullable Object key() {
    return keys[heap[0]];
  }

  /** Makes room for one more. When this throws because there is no memory, nothing has changed. */
  void reserve() {
    if (size < heap.length) {
      return;
    }
    int more = Math.max(FEWEST, size / 2);
    long bytes = (long) more * BYTES_PER_SLOT;
    if (!budget.take(bytes)) {
      throw budget.exceeded(state, bytes);
    }
    try {
      times = Arrays.copyOf(times, size + more);
      hashes = Arrays.copyOf(hashes, size + more);
      keys = Arrays.copyOf(keys, size + more);
      heap = Arrays.copyOf(heap, size + more); // The last: its length says whether there is room.
    } catch (OutOfMemoryError none) {
      budget.giveBack(bytes);
      throw none;
    }
    for (int slot = size; slot < heap.length; slot++) {
      heap[slot] = slot;
    }
  }

  /** Adds a timer, for which there is room. */
  void add(long time, long hash, @Nullable Object key) {
    int slot = heap[size];
    times[slot] = time;
    hashes[slot] = hash;
    if (key != null) {
      keys[slot] = key;
    }
    int at = size++;
    while (at > 0 && times[heap[parent(at)]] > time) {
      heap[at] = heap[parent(at)];
      at = parent(at);
    }
    heap[at] = slot;
  }

  /** Removes the earliest. */
  void remove() {
    int free = heap[0];
    int moved = heap[--size];
    heap[size] = free;
    if (keys[free] != null) {
      keys[free] = null;
    }
    if (size > 0) {
      sink(moved);
    }
  }

  private void sink(int slot) {
    int at = 0;
    long time = times[slot];
    for (int child = 1; child < size; child = 2 * at + 1) {
      int least =
          child + 1 < size && times[heap[child + 1]] < times[heap[child]] ? child + 1 : child;
      if (times[heap[least]] >= time) {
        break;
      }
      heap[at] = heap[least];
      at = least;
    }
    heap[at] = slot;
  }

  private static int parent(int at) {
    return (at - 1) / 2;
  }

  /** Removes all, and gives back their memory. */
  void clear() {
    budget.giveBack((long) heap.length * BYTES_PER_SLOT);
    heap = new int[0];
    times = new long[0];
    hashes = new long[0];
    keys = new Object[0];
    size = 0;
  }
}
