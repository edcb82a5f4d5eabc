package io.headrace.engine.coordinator;

import io.headrace.engine.task.Closing;
import java.util.List;
import java.util.function.Consumer;

/**
 * Closes what an attempt held open, once nothing of it runs any more, on a thread that may block.
 * On the coordinator's thread.
 */
final class Closure {

  private static final Call.Step CLOSING =
      Call.Step.of("The closing of readers, writers and committers");

  private final BlockingWork work;
  private final Consumer<List<AutoCloseable>> whenClosed;
  private final Consumer<Throwable> whenThrown;
  private boolean isUnderWay;

  /**
   * @param whenClosed is told what was closed, also when closing it threw
   * @param whenThrown is told before what closing threw
   */
  Closure(
      BlockingWork work, Consumer<List<AutoCloseable>> whenClosed, Consumer<Throwable> whenThrown) {
    this.work = work;
    this.whenClosed = whenClosed;
    this.whenThrown = whenThrown;
  }

  /** Whether it has begun and is not done. */
  boolean isUnderWay() {
    return isUnderWay;
  }

  /** Closes all of these; not while it is at it. */
  void begin(List<AutoCloseable> held) {
    work.run(
        Call.unlimited(CLOSING),
        self -> {
          Closing.closeAll(held);
          return held;
        },
        this::closed,
        cause -> {
          try {
            whenThrown.accept(cause);
          } finally {
            closed(held); // Nobody says so again.
          }
        });
    isUnderWay = true;
  }

  private void closed(List<AutoCloseable> held) {
    isUnderWay = false;
    whenClosed.accept(held);
  }
}
