package io.headrace.engine.task;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What other threads want done on the thread of a task. Any thread posts; the task drains. */
public final class Mailbox {

  private final Queue<Runnable> letters = new ConcurrentLinkedQueue<>();
  private final Waker owner;

  /** A mailbox whose owner is woken by each letter. */
  public Mailbox(Waker owner) {
    this.owner = owner;
  }

  /**
   * Has something done on the owner's thread, after what was posted before. No letter is lost:
   * while there is no memory for it, this tries again.
   */
  public void post(Runnable letter) {
    while (!isAdded(letter)) {
      Thread.onSpinWait();
    }
    owner.wake();
  }

  private boolean isAdded(Runnable letter) {
    try {
      return letters.add(letter);
    } catch (OutOfMemoryError full) {
      return false;
    }
  }

  /** Whether nothing waits to be done. Owner only. */
  public boolean isEmpty() {
    return letters.isEmpty();
  }

  /** Does what was posted. Returns whether there was anything. Owner only. */
  public boolean drain() {
    boolean any = false;
    for (Runnable letter = letters.poll(); letter != null; letter = letters.poll()) {
      letter.run();
      any = true;
    }
    return any;
  }
}
