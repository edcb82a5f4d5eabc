package io.headrace.state;

import io.headrace.api.Invariant;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the views of some tables: an epoch ends with each view and has its number. Knows which
 * views are open, and up to which one a complete checkpoint covers. The owner's thread, but for
 * {@link OpenView#close}.
 */
final class Epochs {

  /** The number of the epoch before the first. */
  static final long NONE = 0;

  private final List<OpenView> open = new ArrayList<>();
  private long current = NONE + 1;
  private long covered = NONE;
  private long closed;

  /** The epoch that has not ended. */
  long current() {
    return current;
  }

  /** The last epoch whose view is in a complete checkpoint. */
  long covered() {
    return covered;
  }

  /** Whether some view was taken, which may be part of a checkpoint now or later. */
  boolean hasViews() {
    return current > NONE + 1;
  }

  /** Ends the epoch with a view. */
  OpenView endWithView() {
    OpenView view = new OpenView(current, covered);
    open.add(view);
    current++;
    return view;
  }

  void coveredUpTo(long epoch) {
    Invariant.check(epoch < current, "epoch %s is covered, but %s has not ended", epoch, current);
    covered = Math.max(covered, epoch);
  }

  /** Whether an open view shows what was written last in an epoch and replaced in the current. */
  boolean isShown(long written) {
    return isShown(written, current);
  }

  /** Whether an open view shows what was written last in an epoch and replaced in a later one. */
  boolean isShown(long written, long replaced) {
    forgetClosed();
    for (int i = 0; i < open.size(); i++) {
      long epoch = open.get(i).epoch;
      if (written <= epoch && epoch < replaced) {
        return true;
      }
    }
    return false;
  }

  /** Whether some view is being read. */
  boolean hasOpen() {
    forgetClosed();
    return !open.isEmpty();
  }

  /** How many views were closed so far. */
  long closed() {
    forgetClosed();
    return closed;
  }

  private void forgetClosed() {
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).isClosed) {
        open.remove(i);
        closed++;
      }
    }
  }

  /** A view that was taken. Closed once or more often, by any thread. */
  static final class OpenView {

    private final long epoch;
    private final long base;

    /**
     * Set by whoever read the view, after its last read; what the owner's thread writes after it
     * saw this is not in the way of those reads.
     */
    private volatile boolean isClosed;

    private OpenView(long epoch, long base) {
      this.epoch = epoch;
      this.base = base;
    }

    /** The epoch that it ended. */
    long epoch() {
      return epoch;
    }

    /** The epoch that was covered when it was taken. */
    long base() {
      return base;
    }

    void close() {
      isClosed = true;
    }

    void checkOpen() {
      Invariant.check(!isClosed, "view %s was read although it is closed", epoch);
    }
  }
}
