package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Invariant;
import java.time.Duration;
import java.util.BitSet;
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
  private final BitSet ended = new BitSet();
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
  }

  @Override
  public Progress step() {
    if (!chain.clear()) {
      meter.is(Activity.BACKPRESSURED);
      return Progress.NONE;
    }
    for (int tried = 0; tried < inputs.length; tried++) {
      int input = turn;
      turn = turn + 1 == inputs.length ? 0 : turn + 1;
      Item item = barriers.isWaiting(input) ? null : inputs[input].poll();
      if (item != null) {
        meter.is(Activity.WORKING);
        take(input, item);
        return Progress.MADE;
      }
    }
    chain.flushToIdle();
    meter.is(whileIdle());
    return Progress.NONE;
  }

  private Activity whileIdle() {
    if (barriers.isAligning()) {
      return Activity.ALIGNING;
    }
    return ended.cardinality() == inputs.length ? Activity.FINISHED : Activity.WAITING_FOR_INPUT;
  }

  private void take(int input, Item item) {
    if (item instanceof Batch batch) {
      context.track().now(batch.provenance);
      head.process(batch);
      meter.add(batch.size);
      chain.flushToIdle();
    } else if (item instanceof Barrier barrier) {
      barrier(input, barrier);
    } else {
      end(input);
    }
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

  private void end(int input) {
    Invariant.check(!ended.get(input), "input %s of %s ended twice", input, context.id());
    ended.set(input);
    if (ended.cardinality() == inputs.length) {
      chain.sendToAll(EndOfInput.INSTANCE);
      context.reports().endOfInput(context.id());
    }
  }
}
