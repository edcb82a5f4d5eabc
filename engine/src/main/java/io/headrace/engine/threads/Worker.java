package io.headrace.engine.threads;

import io.headrace.engine.task.Progress;
import io.headrace.engine.task.Task;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls its tasks in turn. With nothing to do it spins a little, then parks for longer and longer,
 * until it is woken.
 *
 * <p>No wake-up is lost: the worker says that it parks, then looks once more, then parks; whoever
 * wakes it first puts something where it looks, then reads whether it parks. A full fence stands
 * between the two steps on both sides.
 */
final class Worker implements Runnable {

  private static final int SPINS = 50;
  private static final long SHORTEST_PARK_NANOS = 20_000; // 20 us
  private static final long LONGEST_PARK_NANOS =
      20_000_000; // 20 ms: an idle job takes next to nothing

  private final Queue<Task> arriving = new ConcurrentLinkedQueue<>();
  private final List<Task> tasks = new ArrayList<>();
  private final Thread thread;

  /** Guards nothing: tells wakers whether unparking is needed. */
  private volatile boolean isParked;

  private volatile boolean isClosing;

  Worker(String name) {
    this.thread = new Thread(this, name);
    this.thread.setDaemon(true);
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

  @Override
  public void run() {
    int idle = 0;
    while (!isClosing) {
      boolean any = idle < SPINS ? callAll() : callAllOrPark(idle - SPINS);
      idle = any ? 0 : idle + 1;
      Thread.onSpinWait();
    }
  }

  private boolean callAllOrPark(int times) {
    isParked = true;
    VarHandle.fullFence();
    boolean any = callAll();
    if (!any && !isClosing) {
      long nanos = SHORTEST_PARK_NANOS << Math.min(times, 20);
      LockSupport.parkNanos(this, Math.min(nanos, LONGEST_PARK_NANOS));
    }
    isParked = false;
    return any;
  }

  private boolean callAll() {
    for (Task task = arriving.poll(); task != null; task = arriving.poll()) {
      tasks.add(task);
    }
    boolean any = false;
    for (int i = 0; i < tasks.size(); i++) {
      Progress progress = tasks.get(i).call();
      any |= progress != Progress.NONE;
      if (progress == Progress.DONE) {
        tasks.remove(i--);
      }
    }
    return any;
  }
}
