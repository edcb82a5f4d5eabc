package io.headrace.engine.task;

import io.headrace.api.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A host where time passes and work that blocks is done when a test says so. One thread. */
final class ManualHost implements Host, Clock {

  private final List<Runnable> blocking = new ArrayList<>();
  private long nanos;

  void pass(Duration time) {
    nanos += time.toNanos();
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
    return nanos;
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanos);
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
        // The test calls its tasks itself.
      }

      @Override
      public void wake() {
        // As above.
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
