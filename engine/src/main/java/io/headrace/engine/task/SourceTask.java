package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.MalformedInput;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.state.Times;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task that reads splits, in turn, and puts barriers into the stream. */
public final class SourceTask implements TaskBody {

  private final TaskContext context;
  private final TaskSplits splits;
  private final Enumerator enumerator;
  private final Downstream downstream;
  private final Reading output;
  private final Chain chain;
  private final Snapshots snapshots;
  private final Meter meter;
  private final List<CheckpointId> triggered = new ArrayList<>();
  private final @Nullable SourceTime time;

  /** Whether those behind are to be told that nobody has to wait for this task's event time. */
  private boolean mustTellIdle;

  /**
   * Whether a split is read before the next barrier: checkpoints that follow each other closely
   * would keep all values back where barriers go first.
   */
  private boolean isReadingDue;

  private boolean isComplete;
  private boolean hasEnded;
  private boolean isDrained;
  private int emitted;
  private int turn;

  private SourceTask(
      TaskContext context, Splits splits, Output output, Chain chain, Snapshots snapshots) {
    this.context = context;
    this.meter = context.meter();
    this.splits = splits.own();
    this.enumerator = splits.enumerator();
    this.isComplete = enumerator.isComplete();
    this.downstream = new Downstream(this::emittedNull, output.values);
    this.time = output.time.orElse(null);
    this.mustTellIdle = output.time.isEmpty() && context.track().isTimed();
    this.output = new Reading(output.values, output.guard.orElse(null));
    this.chain = chain;
    this.snapshots = snapshots;
  }

  /**
   * Where a task has its splits from.
   *
   * @param own those of the task
   * @param enumerator knows those of all tasks of the source
   */
  record Splits(TaskSplits own, Enumerator enumerator) {}

  /**
   * Where a task sends what it reads.
   *
   * @param guard takes input that cannot be read; without it, such input fails the job
   * @param time of the values, if they have an event time
   */
  record Output(Stage values, Optional<FailureGuard> guard, Optional<SourceTime> time) {}

  /** A source task, and how it is asked for barriers and given splits. */
  public record Started(AttemptTask task, SourceTask source) {

    /**
     * Has it put a barrier into the stream. Any thread.
     *
     * @param isLast whether the run ends with the checkpoint, so that nothing is read behind it
     */
    public void trigger(CheckpointId checkpoint, boolean isLast) {
      task.post(
          () -> {
            source.triggered.add(checkpoint);
            source.isDrained |= isLast;
          });
    }

    /** Has it read a split. Any thread. */
    void add(TaskSplits.OpenSplit split) {
      task.post(() -> source.splits.add(split));
    }

    /** Tells it that a split that has ended is not there any more. Any thread. */
    void forget(String split) {
      task.post(
          () -> {
            source.splits.forget(split);
            source.meter.change();
          });
    }

    /** Tells it that it gets no more splits. Any thread. */
    void noMoreSplits() {
      task.post(() -> source.isComplete = true);
    }
  }

  static Started of(TaskContext context, Splits splits, Output output, Chain chain) {
    Snapshots snapshots = new Snapshots(context, chain);
    SourceTask body = new SourceTask(context, splits, output, chain, snapshots);
    return new Started(new AttemptTask(context, chain, snapshots, body, body.meter), body);
  }

  @Override
  public Progress step() throws Exception {
    if (context.id().index() == 0) {
      enumerator.step();
    }
    if (!chain.clear()) {
      meter.is(Activity.BACKPRESSURED);
      return Progress.NONE;
    }
    if (mustTellIdle) {
      mustTellIdle = false;
      chain.sendToAll(Idle.INSTANCE);
      return Progress.MADE;
    }
    boolean canRead = !isDrained && !splits.reading().isEmpty();
    if (!triggered.isEmpty() && !(isReadingDue && canRead)) {
      isReadingDue = true;
      snapshots.barrier(triggered.remove(0), Duration.ZERO);
      return Progress.MADE;
    }
    if (canRead) {
      isReadingDue = false;
      return poll();
    }
    if (!splits.reading().isEmpty()) {
      return standStill();
    }
    return isComplete ? end() : waitForSplits();
  }

  private Progress standStill() {
    meter.is(Activity.FINISHED);
    return Progress.NONE;
  }

  private Progress waitForSplits() {
    meter.is(Activity.WAITING_FOR_INPUT);
    if (time != null) {
      time.tell(splits.reading(), false, chain);
    }
    chain.flushToIdle();
    return Progress.NONE;
  }

  private Progress end() {
    meter.is(Activity.FINISHED);
    if (hasEnded) {
      return Progress.NONE;
    }
    hasEnded = true;
    chain.sendToAll(EndOfInput.INSTANCE);
    meter.watermark(Times.END);
    context.reports().endOfInput(context.id());
    return Progress.MADE;
  }

  private Progress poll() throws Exception {
    List<TaskSplits.OpenSplit> reading = splits.reading();
    turn = turn + 1 < reading.size() ? turn + 1 : 0;
    TaskSplits.OpenSplit split = reading.get(turn);
    emitted = 0;
    context.entering();
    SourceReader.Poll found = read(split);
    downstream.rethrow();
    meter.add(emitted);
    meter.is(emitted > 0 ? Activity.WORKING : Activity.WAITING_FOR_INPUT);
    tellTime(split, found);
    chain.flushToIdle();
    return switch (found) {
      case MORE -> Progress.MADE;
      case LATER -> emitted > 0 ? Progress.MADE : Progress.NONE;
      case END -> {
        endOne(turn);
        yield Progress.MADE;
      }
    };
  }

  private void tellTime(TaskSplits.OpenSplit split, SourceReader.Poll found) {
    if (time == null) {
      return;
    }
    if (found == SourceReader.Poll.END) {
      time.ended(split.name()); // What follows is told by the next poll, or the end.
      return;
    }
    time.read(emitted, found);
    time.tell(splits.reading(), found == SourceReader.Poll.MORE, chain);
  }

  private void endOne(int index) {
    TaskSplits.OpenSplit split = splits.end(index);
    meter.change();
    enumerator.ended(context.id().index(), split.name());
    context.host().block("The closing of split \"" + split.name() + "\"", () -> close(split));
  }

  private void close(TaskSplits.OpenSplit split) {
    try {
      split.held().close();
    } catch (Throwable cause) { // Whatever it is, the attempt ends with it and its cause is told.
      context.reports().failed(context.id(), cause);
    }
  }

  private SourceReader.Poll read(TaskSplits.OpenSplit split) {
    try {
      SourceReader<Object, Object> reader = split.reader();
      Provenance.Origin from =
          new Provenance.Origin(splits.operator(), split.name(), reader.position());
      context.track().reading(from, reader);
      if (time != null) {
        time.reading(split.name());
      }
      return reader.poll(output);
    } catch (InputFailure placed) {
      throw placed;
    } catch (HeadraceException named) {
      throw splits.asked(split, "read").failed(named);
    } catch (Exception thrown) {
      downstream.rethrow();
      throw splits.asked(split, "read").failed(thrown);
    }
  }

  private String place() {
    return context.track().inWords().orElse("source \"" + splits.operator() + "\"");
  }

  /** A source that emits null does so each time that it is read there. */
  private HeadraceException emittedNull() {
    String source = "source \"" + splits.operator() + "\"";
    return new InputFailure(
            ErrorCode.USER_FUNCTION_FAILED,
            source + ", " + place(),
            "S%s, in task \"%s\", failed on what it read from %s: %s"
                .formatted(source.substring(1), context.id(), place(), UserFunctions.EMITTED_NULL))
        .at(place())
        .ofOperator(splits.operator());
  }

  /** Takes what a reader reads. */
  private final class Reading implements SourceOutput<Object> {

    private final Stage values;
    private final @Nullable FailureGuard guard;

    Reading(Stage values, @Nullable FailureGuard guard) {
      this.values = values;
      this.guard = guard;
    }

    @Override
    public void emit(Object value) {
      emitted++;
      if (value == null && guard != null) {
        guard.putAside(new MalformedInput(place(), "the source emitted null", new byte[0]));
      } else if (value == null || isPassable(value)) {
        downstream.emit(value);
      }
    }

    /**
     * Whether the value can be copied for all that take it, and it is known when it happened; if
     * not, it was put aside. Without a guard, what cannot be copied is found when it is.
     */
    private boolean isPassable(Object value) {
      try {
        if (guard != null && values instanceof FanOut fanOut) {
          fanOut.check(value);
        }
        if (time != null) {
          time.stamp(value);
        }
        return true;
      } catch (HeadraceException failure) {
        if (guard == null) {
          throw failure;
        }
        guard.putAside(value, failure);
        return false;
      }
    }

    @Override
    public void malformed(MalformedInput input) {
      emitted++;
      if (guard == null) {
        throw input.refused();
      }
      guard.putAside(input);
    }
  }
}
