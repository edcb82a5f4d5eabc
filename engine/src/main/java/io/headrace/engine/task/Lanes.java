package io.headrace.engine.task;

import java.util.ArrayDeque;
import java.util.List;

/**
 * The edges of one output, with what could not be sent yet. One thread.
 *
 * <p>An edge that is full makes its lane wait; the task then takes no input until the lane is
 * clear. What waits is therefore bounded by what one batch of input gives rise to.
 */
final class Lanes {

  private final List<Edge> edges;
  private final List<ArrayDeque<Item>> waiting;
  private int blocked;

  Lanes(List<Edge> edges) {
    this.edges = List.copyOf(edges);
    this.waiting = edges.stream().map(edge -> new ArrayDeque<Item>()).toList();
  }

  int count() {
    return edges.size();
  }

  void send(int lane, Item item) {
    ArrayDeque<Item> queue = waiting.get(lane);
    if (queue.isEmpty() && edges.get(lane).offer(item)) {
      return;
    }
    if (queue.isEmpty()) {
      blocked++;
    }
    queue.add(item);
  }

  boolean isDrained(int lane) {
    return waiting.get(lane).isEmpty() && edges.get(lane).isDrained();
  }

  /** How many items wait on the lane where the most do. */
  int mostWaiting() {
    if (blocked == 0) {
      return 0;
    }
    int most = 0;
    for (ArrayDeque<Item> queue : waiting) {
      most = Math.max(most, queue.size());
    }
    return most;
  }

  /** Sends what waits, as far as possible. Returns whether nothing waits any more. */
  boolean clear() {
    if (blocked == 0) {
      return true;
    }
    for (int lane = 0; lane < edges.size(); lane++) {
      ArrayDeque<Item> queue = waiting.get(lane);
      while (!queue.isEmpty() && edges.get(lane).offer(queue.peek())) {
        queue.remove();
        if (queue.isEmpty()) {
          blocked--;
        }
      }
    }
    return blocked == 0;
  }
}
