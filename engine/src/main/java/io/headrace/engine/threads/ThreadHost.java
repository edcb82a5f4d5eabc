package io.headrace.engine.threads;

import io.headrace.api.Clock;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one job on threads of its own. Any thread may call its methods. */
public final class ThreadHost implements Host, AutoCloseable {

  private static final int EDGE_CAPACITY = 16;

  private final String name;
  private final List<Worker> shared = new ArrayList<>();

  /** Guarded by itself, with no other lock taken; so is the next one. */
  private final List<Worker> all = new ArrayList<>();

  private final List<Thread> ofBlocking = new ArrayList<>();
  private final ExecutorService blocking;
  private final AtomicInteger turn = new AtomicInteger();

  /** Starts the workers of a job. */
  public ThreadHost(String job, int workers) {
    this.name = "headrace-" + job;
    for (int i = 0; i < workers; i++) {
      shared.add(worker("worker-" + i));
    }
    AtomicInteger count = new AtomicInteger();
    this.blocking =
        Executors.newCachedThreadPool(work -> forBlocking(work, "-io-" + count.getAndIncrement()));
  }

  private Thread forBlocking(Runnable work, String suffix) {
    Thread thread = new Thread(work, name + suffix);
    thread.setDaemon(true);
    synchronized (ofBlocking) {
      ofBlocking.removeIf(old -> old.getState() == Thread.State.TERMINATED);
      ofBlocking.add(thread);
    }
    return thread;
  }

  private Worker worker(String suffix) {
    Worker worker = new Worker(name + "-" + suffix);
    synchronized (all) {
      all.add(worker);
    }
    worker.start();
    return worker;
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  @Override
  public long random() {
    return ThreadLocalRandom.current().nextLong();
  }

  @Override
  public int edgeCapacity() {
    return EDGE_CAPACITY;
  }

  @Override
  public Place sharedPlace() {
    return new WorkerPlace(shared.get(Math.floorMod(turn.getAndIncrement(), shared.size())));
  }

  @Override
  public Place ownPlace(String suffix) {
    return new WorkerPlace(worker(suffix));
  }

  @Override
  public void block(Runnable work) {
    blocking.execute(work);
  }

  @Override
  public void shutdown() {
    blocking.shutdown();
    synchronized (all) {
      all.forEach(Worker::close);
    }
  }

  /**
   * Ends all threads and waits for them, also for work that blocks: it may be writing files. Not to
   * be called on one of them.
   */
  @Override
  public void close() {
    shutdown();
    try {
      // A pool says that it has ended just before its last thread has.
      while (!blocking.awaitTermination(1, TimeUnit.MINUTES)) {
        blocking.shutdown();
      }
      for (Thread thread : threads()) {
        thread.join();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private List<Thread> threads() {
    List<Thread> threads = new ArrayList<>();
    synchronized (all) {
      all.forEach(worker -> threads.add(worker.thread()));
    }
    synchronized (ofBlocking) {
      threads.addAll(ofBlocking);
    }
    return threads;
  }

  private record WorkerPlace(Worker worker) implements Place {

    @Override
    public void start(Task task) {
      worker.add(task);
    }

    @Override
    public void wake() {
      worker.wake();
    }
  }
}
