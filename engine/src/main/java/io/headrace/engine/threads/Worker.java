package io.headrace.engine.threads;

import io.headrace.engine.task.LogNames;
import io.headrace.engine.task.Loggable;
import io.headrace.engine.task.Progress;
import io.headrace.engine.task.Task;
import io.headrace.engine.task.TaskId;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls its tasks in turn. With nothing to do it spins a little, then parks for longer and longer,
 * until it is woken.
 *
 * <p>No wake-up is lost: the worker says that it parks, then looks once more, then parks; whoever
 * wakes it first puts something where it looks, then reads whether it parks. A full fence stands
 * between the two steps on both sides.
 *
 * <p>It outlives whatever a task throws: a task that cannot tell what went wrong, because there is
 * no memory for that, is called again until it can. An interrupt is over when the call that it was
 * meant for is, so that it does not hit another task.
 */
final class Worker implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final int SPINS = 50;
  private static final long SHORTEST_PARK_NANOS = 20_000; // 20 us
  private static final long LONGEST_PARK_NANOS =
      40_000_000; // 40 ms: an idle job takes next to nothing

  private final Queue<Task> arriving = new ConcurrentLinkedQueue<>();
  private final List<Task> tasks = new ArrayList<>();
  private final String job;
  private final Lifetime lifetime;
  private final Thread thread;

  /** Guards nothing: tells wakers whether unparking is needed. */
  private volatile boolean isParked;

  private volatile boolean isClosing;
  private boolean hasHadTasks;
  private boolean hasTold;
  private @Nullable TaskId named;

  Worker(String job, String name, Lifetime lifetime) {
    this.job = job;
    this.lifetime = lifetime;
    this.thread = new Thread(this, name);
    this.thread.setDaemon(true);
  }

  /** How long a worker lives. */
  enum Lifetime {
    /** Until it is closed: tasks come and go. */
    UNTIL_CLOSED,
    /** Until the task that it was made for is done, even when it is told to close before. */
    OF_ITS_TASK
  }

  void start() {
    thread.start();
  }

  void add(Task task) {
    arriving.add(task);
    wake();
  }

  void wake() {
    VarHandle.fullFence();
    if (isParked) {
      LockSupport.unpark(thread);
    }
  }

  void close() {
    isClosing = true;
    LockSupport.unpark(thread);
  }

  Thread thread() {
    return thread;
  }

  /** Names a task in log lines from now on. Its own thread only. */
  void entering(TaskId task) {
    if (!task.equals(named)) {
      named = task;
      LogNames.task(task);
    }
  }

  @Override
  public void run() {
    try {
      LogNames.job(job);
    } catch (RuntimeException | Error thrown) { // Log lines without a name are better than no job.
      tell(thrown);
    }
    int idle = 0;
    while (!isOver()) {
      boolean any = idle < SPINS ? callAll() : callAllOrPark(idle - SPINS);
      idle = any ? 0 : idle + 1;
      Thread.onSpinWait();
    }
  }

  private boolean isOver() {
    return switch (lifetime) {
      case UNTIL_CLOSED -> isClosing;
      case OF_ITS_TASK -> hasHadTasks && tasks.isEmpty();
    };
  }

  private boolean callAllOrPark(int times) {
    isParked = true;
    VarHandle.fullFence();
    boolean any = callAll();
    if (!any && !isOver()) {
      long nanos = SHORTEST_PARK_NANOS << Math.min(times, 20);
      LockSupport.parkNanos(this, Math.min(nanos, LONGEST_PARK_NANOS));
    }
    isParked = false;
    return any;
  }

  private boolean callAll() {
    takeArriving();
    boolean any = false;
    for (int i = 0; i < tasks.size(); i++) {
      Progress progress = call(tasks.get(i));
      any |= progress != Progress.NONE;
      if (progress == Progress.DONE) {
        tasks.remove(i--);
      }
    }
    return any;
  }

  private void takeArriving() {
    try {
      for (Task task = arriving.peek(); task != null; task = arriving.peek()) {
        tasks.add(task);
        arriving.remove();
        hasHadTasks = true;
      }
    } catch (OutOfMemoryError full) { // The task waits where it is.
      tell(full);
    }
  }

  private Progress call(Task task) {
    try {
      return task.call();
    } catch (Throwable thrown) { // A task tells itself what it throws, now or when called again.
      tell(thrown);
      return Progress.NONE;
    } finally {
      Thread.interrupted();
    }
  }

  private void tell(Throwable thrown) {
    if (!hasTold) {
      hasTold = true;
      try {
        LOG.error(
            "What was thrown in this thread could not be told otherwise; it goes on.",
            Loggable.of(thrown));
      } catch (Throwable noMemory) { // Then it is not told: what matters is that the worker lives.
        hasTold = false;
      }
    }
  }
}
