package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.concurrent.atomic.AtomicLong;

/** How much memory the state of a job may take. Any thread. */
public final class MemoryBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * A budget of which nothing is used.
   *
   * @param limit in bytes
   */
  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** How many bytes are used. */
  public long used() {
    return used.get();
  }

  /** Takes some bytes, or throws and takes none. */
  void take(long bytes, String state) {
    if (used.addAndGet(bytes) > limit) {
      long before = used.addAndGet(-bytes);
      throw new HeadraceException(
          ErrorCode.STATE_LIMIT_REACHED,
          "State "
              + state
              + " needs "
              + bytes
              + " bytes more, but all state may take "
              + limit
              + " bytes, of which "
              + before
              + " are used. Raise Settings.stateBytes (and the heap with it), keep less for each"
              + " key, or clear what is no longer needed.");
    }
  }

  void giveBack(long bytes) {
    used.addAndGet(-bytes);
  }
}
