package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The host as one run sees it: counts the work that blocks, so that the coordinator knows when none
 * is left.
 */
final class BlockingWork implements Host {

  private final Host host;
  private final Mailbox coordinator;
  private final AtomicInteger running = new AtomicInteger();

  BlockingWork(Host host, Mailbox coordinator) {
    this.host = host;
    this.coordinator = coordinator;
  }

  /** Whether none is left. */
  boolean isDone() {
    return running.get() == 0;
  }

  /** Has work done elsewhere, and its result or what it threw taken on the coordinator's thread. */
  <T> void run(Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    block(
        () -> {
          Runnable letter;
          try {
            T result = work.call();
            letter = () -> then.accept(result);
          } catch (Throwable thrown) { // Whatever it is, the coordinator decides what follows.
            letter = () -> otherwise.accept(thrown);
          }
          coordinator.post(letter);
        });
  }

  @Override
  public void block(Runnable work) {
    running.incrementAndGet();
    host.block(
        () -> {
          try {
            work.run();
          } finally {
            running.decrementAndGet();
            coordinator.post(() -> {});
          }
        });
  }

  @Override
  public Clock clock() {
    return host.clock();
  }

  @Override
  public long random() {
    return host.random();
  }

  /** A random number from 0 to 1. */
  double chance() {
    return (random() >>> 11) * 0x1.0p-53;
  }

  @Override
  public int edgeCapacity() {
    return host.edgeCapacity();
  }

  @Override
  public Place sharedPlace() {
    return host.sharedPlace();
  }

  @Override
  public Place ownPlace(String name) {
    return host.ownPlace(name);
  }

  @Override
  public void shutdown() {
    host.shutdown();
  }
}
