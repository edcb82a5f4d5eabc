package io.headrace.engine.task;

import io.headrace.codec.Millis;
import io.headrace.state.Times;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.Optional;

/**
 * What a task does and how much it has taken. The task sets it, once a batch; any thread reads how
 * it was a short while ago.
 *
 * <p>Opaque access: each read sees something that was set, later reads never what was before it.
 */
public final class Meter {

  private static final VarHandle COUNT;
  private static final VarHandle CHANGES;
  private static final VarHandle PUT_ASIDE;
  private static final VarHandle ACTIVITY;
  private static final VarHandle WATERMARK;
  private static final Activity[] ACTIVITIES = Activity.values();

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Meter.class, "count", long.class);
      CHANGES = MethodHandles.lookup().findVarHandle(Meter.class, "changes", long.class);
      PUT_ASIDE = MethodHandles.lookup().findVarHandle(Meter.class, "putAside", long.class);
      ACTIVITY = MethodHandles.lookup().findVarHandle(Meter.class, "activity", int.class);
      WATERMARK = MethodHandles.lookup().findVarHandle(Meter.class, "watermark", long.class);
    } catch (ReflectiveOperationException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  private long count;
  private long changes;
  private long putAside;
  private long watermark = Times.NO_WATERMARK;

  /** The ordinal: a reference stored for each batch would cost a write barrier. */
  private int activity;

  void add(int more) {
    COUNT.setOpaque(this, count + more);
  }

  /** The count so far. */
  public long count() {
    return (long) COUNT.getOpaque(this);
  }

  /** Without a value, something has changed that checkpoints hold. */
  void change() {
    CHANGES.setOpaque(this, changes + 1);
  }

  /** Rises with whatever a checkpoint would hold that one before did not. */
  public long news() {
    return count() + changes();
  }

  /** Rises with what has changed without a value. */
  public long changes() {
    return (long) CHANGES.getOpaque(this);
  }

  /** Counts values that an operator failed on. */
  void putAside(long more) {
    PUT_ASIDE.setOpaque(this, putAside + more);
  }

  /** How many values operators failed on, which were skipped or made dead letters. */
  public long valuesPutAside() {
    return (long) PUT_ASIDE.getOpaque(this);
  }

  /** Says how far the event time of the task is, in milliseconds. */
  void watermark(long millis) {
    if (watermark != millis) {
      WATERMARK.setOpaque(this, millis);
    }
  }

  /**
   * How far the event time of the task is: empty before its first watermark, {@link Instant#MAX}
   * after the end of its input.
   */
  public Optional<Instant> watermark() {
    long millis = (long) WATERMARK.getOpaque(this);
    return millis == Times.NO_WATERMARK ? Optional.empty() : Optional.of(Millis.time(millis));
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
