package io.headrace.engine.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts what a task takes. The task adds, once a batch; any thread reads a recent count.
 *
 * <p>Opaque access: each read sees some count that was set, later reads never an earlier one.
 */
public final class Meter {

  private static final VarHandle COUNT;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Meter.class, "count", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private long count;

  void add(int more) {
    COUNT.setOpaque(this, count + more);
  }

  /** The count so far. */
  public long count() {
    return (long) COUNT.getOpaque(this);
  }
}
