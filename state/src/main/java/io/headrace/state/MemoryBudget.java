package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the state of a job may take. Shared by all of its tables; any thread. It is
 * charged for each array of a table, not for each entry.
 */
public final class MemoryBudget {

  private final long limit;

  /** Charged by the threads of all tasks. */
  private final AtomicLong used = new AtomicLong();

  /**
   * A budget of which nothing is used.
   *
   * @param limit in bytes
   */
  public MemoryBudget(long limit) {
    if (limit < 1) {
      throw new IllegalArgumentException(
          "state needs some memory, but its limit is " + limit + " bytes");
    }
    this.limit = limit;
  }

  /** How many bytes are used. */
  public long used() {
    return used.get();
  }

  /** How many bytes are left. */
  long left() {
    return limit - used.get();
  }

  /** Takes some bytes. Returns false, and takes none, when there are not as many left. */
  boolean take(long bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /** Takes some bytes even if there are not as many left. */
  void overdraw(long bytes) {
    used.addAndGet(bytes);
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }

  /** What to throw when {@link #take} returned false. */
  HeadraceException exceeded(StateName state, long bytes) {
    return new HeadraceException(
            ErrorCode.STATE_LIMIT_REACHED,
            state
                + " needs "
                + bytes
                + " bytes more, but the state of the job may take "
                + limit
                + " bytes, of which "
                + used()
                + " are used. Raise the limit on state memory (and the heap with it), keep less for"
                + " each key, or clear what is no longer needed.")
        .ofOperator(state.operator());
  }
}
