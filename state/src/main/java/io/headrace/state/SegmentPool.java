package io.headrace.state;

import io.headrace.api.HeadraceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Makes, copies and takes back the segments of one table, within the budget. The owner's thread.
 *
 * <p>A segment that was replaced is kept until no open view shows it; then its arrays are used for
 * the next copy. So a table that is written evenly takes up to twice its size while views are taken
 * and makes no garbage. Spare arrays that nothing asked for between two views are let go.
 */
final class SegmentPool {

  private final StateName state;
  private final RowLayout layout;
  private final MemoryBudget budget;
  private final Epochs epochs;
  private final Deque<Replaced> replaced = new ArrayDeque<>();
  private final Deque<Segment> spares = new ArrayDeque<>();
  private long closedViews;
  private int neverAskedFor;
  private long copiedBytes;

  /** What the segments of the table take, without those that only views show. */
  private long heldBytes;

  private boolean mayOverdraw;

  private record Replaced(Segment segment, long epoch) {}

  SegmentPool(StateName state, RowLayout layout, MemoryBudget budget, Epochs epochs) {
    this.state = state;
    this.layout = layout;
    this.budget = budget;
    this.epochs = epochs;
  }

  RowLayout layout() {
    return layout;
  }

  Epochs epochs() {
    return epochs;
  }

  /** How many bytes were copied because a view showed them. */
  long copiedBytes() {
    return copiedBytes;
  }

  /** What the segments of the table take. */
  long heldBytes() {
    return heldBytes;
  }

  /**
   * Whether to go beyond the limit rather than to refuse: for what is put back, since it was within
   * the limit before.
   */
  void mayOverdraw(boolean may) {
    mayOverdraw = may;
  }

  /** Empty segments; all of them, or none and an exception. */
  List<Segment> create(List<SegmentShape> shapes) {
    long bytes = shapes.stream().mapToLong(shape -> shape.footprint(layout)).sum();
    charge(bytes);
    heldBytes += bytes;
    return shapes.stream().map(shape -> new Segment(layout, shape, epochs.current())).toList();
  }

  /** A copy of a segment, in arrays that were used before where there are some. */
  Segment copy(Segment shown) {
    Segment copy = copyOf(shown);
    copiedBytes += copy.footprint();
    heldBytes += copy.footprint();
    return copy;
  }

  private Segment copyOf(Segment shown) {
    reclaim();
    Segment spare = shown.slots == layout.mostSlots() ? spares.poll() : null;
    neverAskedFor = Math.min(neverAskedFor, spares.size());
    if (spare == null) {
      charge(shown.footprint());
      return shown.copyInto(new long[shown.words.length], new byte[shown.bytes.length]);
    }
    if (spare.bytes.length == shown.bytes.length) {
      return shown.copyInto(spare.words, spare.bytes);
    }
    budget.giveBack(spare.footprint());
    charge(shown.footprint());
    return shown.copyInto(spare.words, new byte[shown.bytes.length]);
  }

  /** Takes back a segment that is no longer part of the table. */
  void replaced(Segment old) {
    heldBytes -= old.footprint();
    if (epochs.isShown(old.epoch())) {
      replaced.add(new Replaced(old, epochs.current()));
    } else {
      budget.giveBack(old.footprint()); // Split or grown: no copy is due that could use it.
    }
  }

  /** Lets go of spare arrays that nothing asked for since the view before. */
  void viewTaken() {
    reclaim();
    for (int i = 0; i < neverAskedFor; i++) {
      budget.giveBack(spares.remove().footprint());
    }
    neverAskedFor = spares.size();
  }

  private void reclaim() {
    if (closedViews == epochs.closed()) {
      return;
    }
    closedViews = epochs.closed();
    for (int left = replaced.size(); left > 0; left--) {
      Replaced each = replaced.remove();
      if (epochs.isShown(each.segment.epoch(), each.epoch)) {
        replaced.add(each);
      } else {
        keepOrFree(each.segment);
      }
    }
  }

  private void keepOrFree(Segment old) {
    if (old.slots == layout.mostSlots()) {
      spares.add(old);
    } else {
      budget.giveBack(old.footprint());
    }
  }

  private void charge(long bytes) {
    if (!budget.take(bytes)) {
      reclaim();
      new ArrayList<>(spares).forEach(spare -> budget.giveBack(spare.footprint()));
      spares.clear();
      neverAskedFor = 0;
      if (mayOverdraw) {
        budget.overdraw(bytes);
      } else if (!budget.take(bytes)) {
        throw exceeded(bytes);
      }
    }
  }

  /** What to throw when there is no room for some bytes. */
  HeadraceException exceeded(long bytes) {
    return budget.exceeded(state, bytes);
  }
}
