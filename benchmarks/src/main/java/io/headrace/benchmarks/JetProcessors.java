package io.headrace.benchmarks;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.accumulator.LongAccumulator;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.BroadcastKey;
import com.hazelcast.jet.core.Inbox;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The processors of {@link JetContestant}. Jet calls each one on a single thread at a time. */
final class JetProcessors {

  private static final AtomicLong TRIGGERED = new AtomicLong();
  private static final AtomicLong COMPLETED = new AtomicLong();

  private JetProcessors() {}

  /** The snapshots that the first source saw begin, and those that it was told were complete. */
  static Result snapshots() {
    long completed = COMPLETED.get();
    return new Result(Math.max(TRIGGERED.get(), completed), completed, Result.Restore.NOT_TRIED);
  }

  /** Draws one task's share of the events. */
  static final class Draw extends AbstractProcessor {

    private final int keys;
    private final long events;
    private int task;
    private long next;
    private long end;
    private Optional<Event> refused = Optional.empty();

    Draw(int keys, long events) {
      this.keys = keys;
      this.events = events;
    }

    @Override
    protected void init(Context context) {
      task = context.globalProcessorIndex();
      next = events * task / context.totalParallelism();
      end = events * (task + 1) / context.totalParallelism();
    }

    @Override
    public boolean complete() {
      if (!emitRefused()) {
        return false;
      }
      while (next < end) {
        Event event = new Event().drawn(next++, keys);
        if (!tryEmit(event)) {
          refused = Optional.of(event);
          return false;
        }
      }
      return true;
    }

    private boolean emitRefused() {
      if (refused.isPresent() && !tryEmit(refused.get())) {
        return false;
      }
      refused = Optional.empty();
      return true;
    }

    @Override
    public boolean saveToSnapshot() {
      if (!emitRefused()) {
        return false;
      }
      if (!tryEmitToSnapshot(BroadcastKey.broadcastKey(task), next)) {
        return false;
      }
      if (task == 0) {
        TRIGGERED.incrementAndGet();
      }
      return true;
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
      if (key.equals(BroadcastKey.broadcastKey(task))) {
        next = (Long) value;
      }
    }

    @Override
    public boolean snapshotCommitFinish(boolean success) {
      if (task == 0 && success) {
        COMPLETED.incrementAndGet();
      }
      return true;
    }
  }

  /** Keeps the sums of the keys of one task in a hash map. */
  static final class RunningSum extends AbstractProcessor {

    private final Map<Long, LongAccumulator> sums = new HashMap<>();
    private Optional<Long> refused = Optional.empty();
    private Optional<Traverser<Map.Entry<Long, LongAccumulator>>> saving = Optional.empty();

    @Override
    public void process(int ordinal, Inbox inbox) {
      if (!emitRefused()) {
        return;
      }
      for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
        Long sum = add((Event) item);
        if (!tryEmit(sum)) {
          refused = Optional.of(sum);
          return;
        }
      }
    }

    @Override
    public boolean complete() {
      return emitRefused();
    }

    private boolean emitRefused() {
      if (refused.isPresent() && !tryEmit(refused.get())) {
        return false;
      }
      refused = Optional.empty();
      return true;
    }

    private Long add(Event event) {
      return sums.computeIfAbsent(event.key(), key -> new LongAccumulator())
          .add(event.value())
          .get();
    }

    @Override
    public boolean saveToSnapshot() {
      if (!emitRefused()) {
        return false;
      }
      if (saving.isEmpty()) {
        saving = Optional.of(Traversers.traverseIterable(sums.entrySet()));
      }
      boolean saved = emitFromTraverserToSnapshot(saving.get());
      if (saved) {
        saving = Optional.empty();
      }
      return saved;
    }

    @Override
    protected void restoreFromSnapshot(Object key, Object value) {
      sums.put((Long) key, (LongAccumulator) value);
    }
  }

  /** Counts the sums and forgets them. */
  static final class Discard extends AbstractProcessor {

    private final Tally tally = Meter.newTally();

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
      tally.add((Long) item);
      return true;
    }

    @Override
    public boolean complete() {
      tally.flush();
      return true;
    }
  }
}
