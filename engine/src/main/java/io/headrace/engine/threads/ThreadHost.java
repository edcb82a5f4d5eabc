package io.headrace.engine.threads;

import io.headrace.api.Clock;
import io.headrace.engine.task.Host;
import io.headrace.engine.task.LogNames;
import io.headrace.engine.task.Place;
import io.headrace.engine.task.Task;
import io.headrace.engine.task.TaskId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs one job on threads of its own. Any thread may call its methods. */
public final class ThreadHost implements Host, AutoCloseable {

  private static final int EDGE_CAPACITY = 16;

  private final String job;
  private final String name;
  private final List<Worker> shared = new ArrayList<>();

  /** Guarded by itself, with no other lock taken; so is the next one. */
  private final List<Worker> all = new ArrayList<>();

  private final List<Thread> ofBlocking = new ArrayList<>();
  private final ExecutorService blocking;
  private final AtomicInteger turn = new AtomicInteger();

  /** Written once, by the coordinator; whoever closes the host reads it. */
  private volatile boolean isLeft;

  /** Salts of tables come from here, which nobody is to guess. */
  private final SecureRandom random = new SecureRandom();

  /** Starts the workers of a job. */
  public ThreadHost(String job, int workers) {
    this.job = job;
    this.name = "headrace-" + job;
    for (int i = 0; i < workers; i++) {
      Worker worker = worker("worker-" + i, Worker.Lifetime.UNTIL_CLOSED);
      shared.add(worker);
      start(worker);
    }
    AtomicInteger count = new AtomicInteger();
    this.blocking =
        Executors.newCachedThreadPool(work -> forBlocking(work, "-io-" + count.getAndIncrement()));
  }

  private Thread forBlocking(Runnable work, String suffix) {
    Runnable named =
        () -> {
          try {
            LogNames.job(job);
          } finally {
            work.run();
          }
        };
    Thread thread = new Thread(named, name + suffix);
    thread.setDaemon(true);
    synchronized (ofBlocking) {
      ofBlocking.removeIf(ThreadHost::isOver);
      ofBlocking.add(thread);
    }
    return thread;
  }

  private Worker worker(String suffix, Worker.Lifetime lifetime) {
    return new Worker(job, name + "-" + suffix, lifetime);
  }

  private void start(Worker worker) {
    worker.start();
    synchronized (all) {
      all.removeIf(old -> isOver(old.thread()));
      all.add(worker);
    }
  }

  private static boolean isOver(Thread thread) {
    return thread.getState() == Thread.State.TERMINATED;
  }

  @Override
  public Clock clock() {
    return Clock.system();
  }

  @Override
  public long random() {
    return random.nextLong();
  }

  @Override
  public int edgeCapacity() {
    return EDGE_CAPACITY;
  }

  @Override
  public Place sharedPlace() {
    return new SharedPlace(shared.get(Math.floorMod(turn.getAndIncrement(), shared.size())));
  }

  @Override
  public Place ownPlace(String suffix) {
    return new OwnPlace(worker(suffix, Worker.Lifetime.OF_ITS_TASK));
  }

  @Override
  public void block(Runnable work) {
    blocking.execute(
        () -> {
          try {
            work.run();
          } finally {
            LogNames.nobody();
          }
        });
  }

  @Override
  public void shutdown() {
    blocking.shutdown();
    synchronized (all) {
      all.forEach(Worker::close);
    }
  }

  @Override
  public void leave() {
    isLeft = true;
  }

  /**
   * Ends all threads and waits for them, also for work that blocks: it may be writing files. A
   * worker that calls this is not waited for; work that blocks must not. Does nothing where some of
   * them were left: they end when the last one has nothing to do.
   */
  @Override
  public void close() {
    if (isLeft) {
      return;
    }
    shutdown();
    try {
      // A pool says that it has ended just before its last thread has.
      while (!blocking.awaitTermination(1, TimeUnit.MINUTES)) {
        blocking.shutdown();
      }
      for (Thread thread : threads()) {
        if (thread != Thread.currentThread()) {
          thread.join();
        }
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

  private record SharedPlace(Worker worker) implements Place {

    @Override
    public void start(Task task) {
      worker.add(task);
    }

    @Override
    public void entering(TaskId task) {
      worker.entering(task);
    }

    @Override
    public void wake() {
      worker.wake();
    }
  }

  /** Has no thread before its task starts, and none after the task is done. */
  private final class OwnPlace implements Place {

    private final Worker worker;

    OwnPlace(Worker worker) {
      this.worker = worker;
    }

    @Override
    public void start(Task task) {
      worker.add(task);
      ThreadHost.this.start(worker);
    }

    @Override
    public void entering(TaskId task) {
      worker.entering(task);
    }

    @Override
    public void wake() {
      worker.wake();
    }
  }
}
