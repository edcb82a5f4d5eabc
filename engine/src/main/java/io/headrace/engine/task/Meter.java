package io.headrace.engine.task;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What a task does and how much it has taken. The task sets it, once a batch; any thread reads how
 * it was a short while ago.
 *
 * <p>Opaque access: each read sees something that was set, later reads never what was before it.
 */
public final class Meter {

  private static final VarHandle COUNT;
  private static final VarHandle PUT_ASIDE;
  private static final VarHandle ACTIVITY;
  private static final Activity[] ACTIVITIES = Activity.values();

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Meter.class, "count", long.class);
      PUT_ASIDE = MethodHandles.lookup().findVarHandle(Meter.class, "putAside", long.class);
      ACTIVITY = MethodHandles.lookup().findVarHandle(Meter.class, "activity", int.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private long count;
  private long putAside;

  /** The ordinal: a reference stored for each batch would cost a write barrier. */
  private int activity;

  void add(int more) {
    COUNT.setOpaque(this, count + more);
  }

  /** The count so far. */
  public long count() {
    return (long) COUNT.getOpaque(this);
  }

  /** Counts a value that an operator failed on. */
  void putAside() {
    PUT_ASIDE.setOpaque(this, putAside + 1);
  }

  /** How many values operators failed on, which were skipped or made dead letters. */
  public long valuesPutAside() {
    return (long) PUT_ASIDE.getOpaque(this);
  }

  void is(Activity now) {
    if (activity != now.ordinal()) {
      ACTIVITY.setOpaque(this, now.ordinal());
    }
  }

  /** What the task was doing when it was last called. */
  public Activity activity() {
    return ACTIVITIES[(int) ACTIVITY.getOpaque(this)];
  }
}
