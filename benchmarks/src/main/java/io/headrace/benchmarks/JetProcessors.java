package io.headrace.benchmarks;

import com.hazelcast.function.BiFunctionEx;
import com.hazelcast.function.FunctionEx;
import com.hazelcast.function.SupplierEx;
import com.hazelcast.function.ToLongFunctionEx;
import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
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

  /** Draws every event whose number leaves the number of its task, when the event is due. */
  static final class Draw<T> extends AbstractProcessor {

    private final FunctionEx<Long, T> drawing;
    private final long events;
    private final Optional<Schedule> schedule = Schedule.installed();
    private int task;
    private int tasks;
    private long next;
    private Optional<T> refused = Optional.empty();

    Draw(FunctionEx<Long, T> drawing, long events) {
      this.drawing = drawing;
      this.events = events;
    }

    @Override
    protected void init(Context context) {
      task = context.globalProcessorIndex();
      tasks = context.totalParallelism();
      next = task;
    }

    @Override
    public boolean complete() {
      if (!emitRefused()) {
        return false;
      }
      while (next < events) {
        if (schedule.isPresent() && !schedule.get().isDue(next)) {
          return false;
        }
        T event = drawing.apply(next);
        next += tasks;
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

  /** Keeps what became of the keys of one task in a hash map. */
  static final class Fold<E, K, S> extends AbstractProcessor {

    private final FunctionEx<E, K> keyOf;
    private final SupplierEx<S> initial;
    private final BiFunctionEx<S, E, Object> folding;
    private final Map<K, S> states = new HashMap<>();
    private Optional<Object> refused = Optional.empty();
    private Optional<Traverser<Map.Entry<K, S>>> saving = Optional.empty();

    Fold(FunctionEx<E, K> keyOf, SupplierEx<S> initial, BiFunctionEx<S, E, Object> folding) {
      this.keyOf = keyOf;
      this.initial = initial;
      this.folding = folding;
    }

    @Override
    @SuppressWarnings("unchecked") // Nothing else comes in.
    public void process(int ordinal, Inbox inbox) {
      if (!emitRefused()) {
        return;
      }
      for (Object item = inbox.poll(); item != null; item = inbox.poll()) {
        Object output = fold((E) item);
        if (!tryEmit(output)) {
          refused = Optional.of(output);
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

    private Object fold(E event) {
      return folding.apply(states.computeIfAbsent(keyOf.apply(event), key -> initial.get()), event);
    }

    @Override
    public boolean saveToSnapshot() {
      if (!emitRefused()) {
        return false;
      }
      if (saving.isEmpty()) {
        saving = Optional.of(Traversers.traverseIterable(states.entrySet()));
      }
      boolean saved = emitFromTraverserToSnapshot(saving.get());
      if (saved) {
        saving = Optional.empty();
      }
      return saved;
    }

    @Override
    @SuppressWarnings("unchecked") // Nothing else was saved.
    protected void restoreFromSnapshot(Object key, Object value) {
      states.put((K) key, (S) value);
    }
  }

  /** Counts the outputs and forgets them. */
  static final class Discard<T> extends AbstractProcessor {

    private final ToLongFunctionEx<T> digest;
    private final Tally tally = Meter.newTally();

    /** A sink for outputs that each have a number which stands for them. */
    Discard(ToLongFunctionEx<T> digest) {
      this.digest = digest;
    }

    @Override
    @SuppressWarnings("unchecked") // Nothing else comes in.
    protected boolean tryProcess(int ordinal, Object item) {
      tally.add(digest.applyAsLong((T) item));
      return true;
    }

    @Override
    public boolean complete() {
      tally.flush();
      return true;
    }
  }

  /** Hands outputs to a {@link Taker}. */
  static final class ToTaker extends AbstractProcessor {

    private final Taker taker = Takers.next();

    @Override
    protected boolean tryProcess(int ordinal, Object item) {
      Arrival arrival = (Arrival) item;
      taker.take(arrival.event(), arrival.sum());
      return true;
    }
  }
}
