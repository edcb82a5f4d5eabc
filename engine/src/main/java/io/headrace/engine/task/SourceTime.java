package io.headrace.engine.task;

import io.headrace.api.HeadraceException;
import io.headrace.api.SourceReader;
import io.headrace.api.WatermarkStrategy;
import io.headrace.codec.Millis;
import io.headrace.state.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The event time of what a source task reads: a timestamp of each value, a watermark of each split,
 * and that of the task, the least of the splits that are not idle. One thread.
 *
 * <p>Watermarks are part of no checkpoint: after a restart they follow from what is read next.
 */
final class SourceTime {

  /** How long a watermark may be behind while there is more to read. */
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private static final long NEVER = Long.MIN_VALUE;

  private final WatermarkStrategy<Object> strategy;
  private final CallSite site;
  private final TaskContext context;
  private final long outOfOrderness;
  private final Map<String, OfSplit> splits = new HashMap<>();
  private OfSplit current = new OfSplit();
  private long sent = Times.NO_WATERMARK;
  private long sentAt = NEVER;
  private boolean isIdle;

  SourceTime(WatermarkStrategy<Object> strategy, CallSite site, TaskContext context) {
    this.strategy = strategy;
    this.site = site;
    this.context = context;
    this.outOfOrderness = Millis.after(Instant.EPOCH.plus(strategy.outOfOrderness()));
  }

  /** What is known of a split. */
  private static final class OfSplit {
    private long latest = Track.NO_TIMESTAMP;

    /** When it had something to read, on the clock of nanoseconds. */
    private long lastRead = NEVER;

    private boolean isIdle;
  }

  /** What is stamped from now on is of a split. */
  void reading(String split) {
    current = splits.computeIfAbsent(split, any -> new OfSplit());
  }

  /**
   * Says when a value happened that was read.
   *
   * @throws HeadraceException when nobody can tell
   */
  void stamp(Object value) {
    Instant time;
    try {
      time = strategy.timestamps().timestamp(value);
    } catch (Exception thrown) {
      throw site.failed("timestamp assigner", value, thrown);
    }
    if (time == null) {
      throw site.failed(
          "its timestamp assigner returned null, and every value needs a time: have the source"
              + " leave out those that have none",
          value);
    }
    long millis = Millis.before(time);
    context.track().happened(millis);
    current.latest = Math.max(current.latest, millis);
  }

  /** A split was read as far as there was something. */
  void read(int emitted, SourceReader.Poll found) {
    long now = context.host().clock().nanoTime();
    if (emitted > 0 || found == SourceReader.Poll.MORE || current.lastRead == NEVER) {
      current.lastRead = now;
    }
    current.isIdle =
        found == SourceReader.Poll.LATER && now - current.lastRead >= strategy.idleness().toNanos();
  }

  /** A split has ended. */
  void ended(String split) {
    splits.remove(split);
  }

  /**
   * Tells those behind how far time is, if that is due.
   *
   * @param reading the splits that have not ended; if there are none, the task is idle
   * @param hasMore whether the task will read on at once
   */
  void tell(List<TaskSplits.OpenSplit> reading, boolean hasMore, Chain chain) {
    long now = context.host().clock().nanoTime();
    boolean wasIdle = isIdle;
    isIdle = isIdle(reading);
    long time = Math.max(sent, watermark(reading));
    boolean isLater = time > sent && (!hasMore || sentAt == NEVER || isDue(now));
    boolean isTold = isLater || wasIdle && !isIdle;
    if (isTold) {
      sent = isLater ? time : sent;
      sentAt = now;
      chain.sendToAll(new Watermark(sent));
      context.meter().watermark(sent);
    }
    if (isIdle && (isTold || !wasIdle)) {
      chain.sendToAll(Idle.INSTANCE);
    }
  }

  private boolean isDue(long now) {
    return now - sentAt >= INTERVAL.toNanos();
  }

  private boolean isIdle(List<TaskSplits.OpenSplit> reading) {
    for (TaskSplits.OpenSplit split : reading) {
      OfSplit known = splits.get(split.name());
      if (known == null || !known.isIdle) {
        return false;
      }
    }
    return true;
  }

  /** The least of those that are not idle; if all are, the greatest. */
  private long watermark(List<TaskSplits.OpenSplit> reading) {
    long together = isIdle ? Times.NO_WATERMARK : Times.END;
    for (TaskSplits.OpenSplit split : reading) {
      OfSplit known = splits.get(split.name());
      if (known == null) {
        return Times.NO_WATERMARK; // It has not been read yet.
      }
      if (known.isIdle == isIdle) {
        long its = watermark(known);
        together = isIdle ? Math.max(together, its) : Math.min(together, its);
      }
    }
    return together;
  }

  private long watermark(OfSplit split) {
    return split.latest == Track.NO_TIMESTAMP
        ? Times.NO_WATERMARK
        : split.latest - outOfOrderness - 1;
  }
}
