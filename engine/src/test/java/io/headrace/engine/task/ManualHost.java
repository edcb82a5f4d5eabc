package io.headrace.engine.task;

import io.headrace.api.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host where time passes, tasks are called and work that blocks is done when a test says so. One
 * thread.
 */
public final class ManualHost implements Host, Clock {

  private final List<Called> tasks = new ArrayList<>();
  private final List<Runnable> blocking = new ArrayList<>();
  private long nanos;
  private Duration ahead = Duration.ZERO;
  private int looksBefore;
  private @Nullable Error broken;
  private int interrupts;

  /** Lets time pass. */
  public void pass(Duration time) {
    nanos += time.toNanos();
  }

  /** Has the time of day jump, as when somebody sets the clock; no time passes. */
  public void jump(Duration by) {
    ahead = ahead.plus(by);
  }

  /** Has the next look at the clock throw. */
  public void breakClock(Error error) {
    breakClock(0, error);
  }

  /** Has one look at the clock throw, after so many that do not. */
  public void breakClock(int looks, Error error) {
    looksBefore = looks;
    broken = error;
  }

  /** Whether a look at the clock is still to throw. */
  public boolean isClockToBreak() {
    return broken != null;
  }

  /**
   * Calls each task once that was started here, and then does all work that blocks. A task may do
   * this within its call: it is then stuck while the others go on.
   */
  public void step() {
    List.copyOf(tasks).forEach(this::call);
    doBlocking();
  }

  private void call(Called called) {
    if (called.isInCall || !tasks.contains(called)) {
      return;
    }
    called.isInCall = true;
    if (called.task.call() == Progress.DONE) {
      tasks.remove(called);
    }
    called.isInCall = false;
    if (Thread.interrupted()) { // A worker lets no interrupt reach the next task either.
      interrupts++;
    }
  }

  /** How often something was interrupted while it let others go on. */
  public int interrupts() {
    return interrupts;
  }

  /** A task that was started. */
  private static final class Called {

    private final Task task;
    private boolean isInCall;

    Called(Task task) {
      this.task = task;
    }
  }

  /** How much work that blocks waits to be done. */
  int blockingCount() {
    return blocking.size();
  }

  /** Does it, in its order. */
  void doBlocking() {
    List<Runnable> all = List.copyOf(blocking);
    blocking.clear();
    all.forEach(Runnable::run);
  }

  @Override
  public Clock clock() {
    return this;
  }

  @Override
  public long nanoTime() {
    Error error = broken;
    if (error != null && looksBefore-- == 0) {
      broken = null;
      throw error;
    }
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos).plus(ahead);
  }

  @Override
  public long random() {
    return 0;
  }

  @Override
  public int edgeCapacity() {
    return 2;
  }

  @Override
  public Place sharedPlace() {
    return new Place() {
      @Override
      public void start(Task task) {
        tasks.add(new Called(task));
      }

      @Override
      public void wake() {
        // It is called when the test says so.
      }
    };
  }

  @Override
  public Place ownPlace(String name) {
    return sharedPlace();
  }

  @Override
  public void block(Runnable work) {
    blocking.add(work);
  }

  @Override
  public void shutdown() {
    // There is no thread.
  }
}
