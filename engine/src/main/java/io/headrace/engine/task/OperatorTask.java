package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.TimeDomain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A task that takes its input from edges, one item at a time, in turn. */
final class OperatorTask implements TaskBody {

  private final TaskContext context;
  private final Edge[] inputs;
  private final Head head;
  private final Chain chain;
  private final Snapshots snapshots;
  private final Meter meter;
  private final Barriers barriers;
  private final TaskTime time;
  private int turn;

  private OperatorTask(
      TaskContext context, List<Edge> inputs, Head head, Chain chain, Snapshots snapshots) {
    this.context = context;
    this.inputs = inputs.toArray(Edge[]::new);
    this.head = head;
    this.chain = chain;
    this.snapshots = snapshots;
    this.meter = context.meter();
    this.barriers = Barriers.of(context.mode(), inputs.size());
    this.time = new TaskTime(context.track(), this::fire, chain, inputs.size());
    meter.watermark(context.track().watermark());
  }

  /** A task whose chain begins with a head. */
  static AttemptTask of(TaskContext context, List<Edge> inputs, Head head, Chain chain) {
    Snapshots snapshots = new Snapshots(context, chain);
    OperatorTask body = new OperatorTask(context, inputs, head, chain, snapshots);
    return new AttemptTask(context, chain, snapshots, body, body.meter);
  }

  /** The first stage of a chain: takes whole batches. */
  @FunctionalInterface
  interface Head {
    void process(Batch batch);

    /**
     * Whether a batch had better wait, since there may be no memory for it before state that is
     * being written has been.
     */
    default boolean mustWait(int values) {
      return false;
    }

    /** Whether there are timers whose time has come. */
    default boolean isDue(TimeDomain domain) {
      return false;
    }

    /** Fires some of them. */
    default TaskTime.Due fire(TimeDomain domain) {
      return TaskTime.Due.NOTHING;
    }
  }

  private TaskTime.Due fire(TimeDomain domain) {
    if (!head.isDue(domain)) {
      return TaskTime.Due.NOTHING;
    }
    context.entering();
    return head.fire(domain);
  }

  @Override
  public Progress step() {
    if (!chain.clear()) {
      meter.is(Activity.BACKPRESSURED);
      return Progress.NONE;
    }
    boolean hadEnded = time.hasEnded();
    TaskTime.Due due = time.step();
    if (due != TaskTime.Due.NOTHING) {
      return done(due, hadEnded);
    }
    return takeOne();
  }

  private Progress done(TaskTime.Due due, boolean hadEnded) {
    if (due == TaskTime.Due.MUST_WAIT) {
      chain.flushToIdle();
      meter.is(Activity.WAITING_FOR_MEMORY);
      return Progress.NONE;
    }
    meter.is(Activity.WORKING);
    if (due == TaskTime.Due.FIRED) {
      meter.change();
      chain.flushToIdle();
    } else if (time.hasEnded() && !hadEnded) {
      context.reports().endOfInput(context.id());
    }
    return Progress.MADE;
  }

  private Progress takeOne() {
    boolean mustWait = false;
    for (int tried = 0; tried < inputs.length; tried++) {
      int input = turn;
      turn = turn + 1 == inputs.length ? 0 : turn + 1;
      Item item = barriers.isWaiting(input) ? null : inputs[input].peek();
      if (item instanceof Batch batch && head.mustWait(batch.size)) {
        mustWait = true;
      } else if (item != null) {
        inputs[input].poll();
        meter.is(Activity.WORKING);
        take(input, item);
        return Progress.MADE;
      }
    }
    chain.flushToIdle();
    meter.is(mustWait ? Activity.WAITING_FOR_MEMORY : whileIdle());
    return Progress.NONE;
  }

  private Activity whileIdle() {
    if (barriers.isAligning()) {
      return Activity.ALIGNING;
    }
    return time.hasEnded() ? Activity.FINISHED : Activity.WAITING_FOR_INPUT;
  }

  private void take(int input, Item item) {
    if (item instanceof Batch batch) {
      context.entering();
      context.track().now(batch.provenance);
      head.process(batch);
      meter.add(batch.size);
      chain.flushToIdle();
    } else if (item instanceof Barrier barrier) {
      barrier(input, barrier);
    } else {
      time(input, item);
    }
  }

  private void time(int input, Item item) {
    if (item instanceof Watermark watermark) {
      time.advance(input, watermark.time());
    } else if (item instanceof Idle) {
      time.idle(input);
    } else {
      time.end(input);
    }
    meter.watermark(context.track().watermark());
  }

  private void barrier(int input, Barrier barrier) {
    CheckpointId checkpoint = barrier.checkpoint();
    Optional<Duration> alignment =
        barriers.barrierFrom(input, checkpoint, context.host().clock().nanoTime());
    if (alignment.isPresent()) {
      snapshots.barrier(checkpoint, alignment.get());
    } else {
      context.listener().on(CheckpointStep.ALIGNING, context.id().toString(), checkpoint);
    }
  }
}
