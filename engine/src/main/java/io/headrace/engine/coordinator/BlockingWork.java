package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The host as one run sees it: counts the work that blocks, so that the coordinator knows when none
 * is left.
 */
final class BlockingWork implements Host {

  private final Host host;
  private final Mailbox coordinator;
  private final Consumer<Throwable> whenThrown;
  private final AtomicInteger running = new AtomicInteger();

  /**
   * @param whenThrown is told, on the coordinator's thread, what work throws that must not
   */
  BlockingWork(Host host, Mailbox coordinator, Consumer<Throwable> whenThrown) {
    this.host = host;
    this.coordinator = coordinator;
    this.whenThrown = whenThrown;
  }

  /** Whether none is left. */
  boolean isDone() {
    return running.get() == 0;
  }

  /**
   * Has work done elsewhere, and its result or what it threw taken on the coordinator's thread. An
   * {@link Error} also counts as thrown by work that must not.
   */
  <T> void run(Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    block(new Errand<>(work, then, otherwise));
  }

  @Override
  public void block(Runnable work) {
    Counted counted = new Counted(work);
    running.incrementAndGet();
    try {
      host.block(counted);
    } catch (RuntimeException | Error refused) {
      running.decrementAndGet();
      throw refused;
    }
  }

  /** Work with a result. All that its letter needs is there before the work begins. */
  private final class Errand<T> implements Runnable {

    private final Callable<T> work;
    private final Consumer<T> then;
    private final Consumer<Throwable> otherwise;
    private final Runnable letter = this::deliver;
    private @Nullable T result;
    private @Nullable Throwable thrown;

    Errand(Callable<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
      this.work = work;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public void run() {
      try {
        result = work.call();
      } catch (Throwable failure) { // Whatever it is, the coordinator decides what follows.
        thrown = failure;
      }
      coordinator.post(letter);
    }

    private void deliver() {
      try {
        if (thrown instanceof Error) {
          whenThrown.accept(thrown);
        }
      } finally { // It comes once, so that whoever waits for it must hear of it.
        if (thrown != null) {
          otherwise.accept(thrown);
        } else {
          then.accept(Objects.requireNonNull(result));
        }
      }
    }
  }

  /** Work that is counted while it runs, and that does not throw unheard. */
  private final class Counted implements Runnable {

    private final Runnable work;
    private final Runnable letter = this::tell;
    private @Nullable Throwable thrown;

    Counted(Runnable work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        work.run();
      } catch (Throwable failure) { // Nobody else would hear of it.
        thrown = failure;
      }
      if (thrown != null) {
        coordinator.post(letter);
      }
      running.decrementAndGet();
      coordinator.post(BlockingWork::saysOnlyThatWorkIsDone);
    }

    private void tell() {
      if (thrown != null) {
        whenThrown.accept(thrown);
      }
    }
  }

  private static void saysOnlyThatWorkIsDone() {
    // The coordinator looks at the count by itself.
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
