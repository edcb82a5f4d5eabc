package io.headrace.engine.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one task, as somebody sees them who watches that it returns: two opaque writes a
 * call, and no look at the clock. The task's thread writes, any thread reads.
 *
 * <p>The thread is written once, with a full fence; so whoever first posts a letter to the task and
 * then interrupts it either finds the thread here, or the task has the letter when it first looks.
 */
final class Calls {

  private static final VarHandle COUNT;
  private static final VarHandle THREAD;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Calls.class, "count", long.class);
      THREAD = MethodHandles.lookup().findVarHandle(Calls.class, "thread", Thread.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  /** Odd during a call. */
  private long count;

  private @Nullable Thread thread;

  /** Written before the interrupt, by the thread that it comes from. */
  private volatile boolean wasInterrupted;

  void begin() {
    if (thread == null) {
      THREAD.setVolatile(this, Thread.currentThread());
    }
    COUNT.setOpaque(this, count + 1);
  }

  void end() {
    COUNT.setOpaque(this, count + 1);
  }

  /** Interrupts the thread, once there is one. Any thread. */
  void interrupt() {
    wasInterrupted = true;
    thread().ifPresent(Thread::interrupt);
  }

  boolean wasInterrupted() {
    return wasInterrupted;
  }

  long count() {
    return (long) COUNT.getOpaque(this);
  }

  Optional<Thread> thread() {
    return Optional.ofNullable((Thread) THREAD.getVolatile(this));
  }
}
