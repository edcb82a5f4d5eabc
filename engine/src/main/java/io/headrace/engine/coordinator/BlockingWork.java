package io.headrace.engine.coordinator;

import io.headrace.api.Clock;
import io.headrace.api.Settings;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Mailbox;
import io.headrace.engine.task.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The host as one run sees it: counts the work that blocks, so that the coordinator knows when none
 * is left, and knows each call of it, so that somebody can watch that it returns.
 */
final class BlockingWork implements Host {

  /** What those do who asked for a checkpoint, when they have it or know that it does not come. */
  private static final Call.Step ANSWER = Call.Step.of("What follows from a checkpoint");

  private final Host host;
  private final Mailbox coordinator;
  private final Consumer<Throwable> whenThrown;
  private final Duration limit;
  private final Duration limitOfTasks;
  private final AtomicInteger running = new AtomicInteger();

  /** Those that have not returned, in the order in which they were asked for. */
  private final ConcurrentSkipListMap<Long, Call> calls = new ConcurrentSkipListMap<>();

  private final AtomicLong count = new AtomicLong();

  /**
   * @param whenThrown is told, on the coordinator's thread, what work throws that must not
   */
  BlockingWork(Host host, Mailbox coordinator, Settings settings, Consumer<Throwable> whenThrown) {
    this.host = host;
    this.coordinator = coordinator;
    this.whenThrown = whenThrown;
    this.limit = settings.watchdog().giveUpAfter();
    this.limitOfTasks = limit.plus(settings.checkpoints().timeout());
  }

  /** A call that may take as long as the watchdog waits. */
  Call call(Call.Step step) {
    return Call.within(limit, step);
  }

  /**
   * A call that may take as long without getting on.
   *
   * @param progress another number each time that it got on; any thread
   */
  Call call(Call.Step step, IntSupplier progress) {
    return Call.within(limit, step, progress);
  }

  /** Those that have not returned, the oldest first. */
  Collection<Call> calls() {
    return calls.values();
  }

  /** Whether none is left. */
  boolean isDone() {
    return running.get() == 0;
  }

  /** Something to do on a thread that may block, which may say how far it is. */
  @FunctionalInterface
  interface Work<T> {
    T call(Call self) throws Exception;
  }

  /**
   * Has work done elsewhere, and its result or what it threw taken on the coordinator's thread. An
   * {@link Error} also counts as thrown by work that must not.
   */
  <T> void run(Call call, Work<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    start(call, new Errand<>(call, work, then, otherwise));
  }

  @Override
  public void block(Runnable work) {
    block("Work of a task", work);
  }

  @Override
  public void block(String what, Runnable work) {
    block(Call.within(limitOfTasks, Call.Step.of(what)), work);
  }

  /** Has somebody answered elsewhere, who may let anything follow from the answer. */
  void answer(Runnable answer) {
    block(Call.unlimited(ANSWER), answer);
  }

  private void block(Call call, Runnable work) {
    start(
        call,
        () -> {
          if (call.begin()) {
            try {
              work.run();
            } finally {
              call.end();
            }
          }
        });
  }

  private void start(Call call, Runnable work) {
    Long number = count.incrementAndGet();
    Counted counted = new Counted(number, work);
    running.incrementAndGet();
    try {
      calls.put(number, call);
      host.block(counted);
    } catch (RuntimeException | Error refused) {
      calls.remove(number);
      running.decrementAndGet();
      throw refused;
    }
  }

  /** Work with a result. All that its letter needs is there before the work begins. */
  private final class Errand<T> implements Runnable {

    private final Call call;
    private final Work<T> work;
    private final Consumer<T> then;
    private final Consumer<Throwable> otherwise;
    private final Runnable letter = this::deliver;
    private @Nullable T result;
    private @Nullable Throwable thrown;

    Errand(Call call, Work<T> work, Consumer<T> then, Consumer<Throwable> otherwise) {
      this.call = call;
      this.work = work;
      this.then = then;
      this.otherwise = otherwise;
    }

    @Override
    public void run() {
      try {
        result = callNow();
      } catch (Throwable failure) { // Whatever it is, the coordinator decides what follows.
        thrown = failure;
      }
      coordinator.post(letter);
    }

    private T callNow() throws Exception {
      if (!call.begin()) {
        throw new CancellationException(call.step().what() + " was given up before it began");
      }
      try {
        return work.call(call);
      } finally {
        call.end();
      }
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

    private final Long number;
    private final Runnable work;
    private final Runnable letter = this::tell;
    private @Nullable Throwable thrown;

    Counted(Long number, Runnable work) {
      this.number = number;
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
      calls.remove(number);
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

  @Override
  public void leave() {
    host.leave();
  }
}
