package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.SourceReader;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A task that reads splits, in turn, and puts barriers into the stream. */
public final class SourceTask implements TaskBody {

  private final TaskContext context;
  private final String operator;
  private final List<OpenSplit> reading;
  private final Downstream downstream;
  private final Chain chain;
  private final Snapshots snapshots;
  private final Meter meter = new Meter();
  private final List<CheckpointId> triggered = new ArrayList<>();
  private boolean hasEnded;
  private int emitted;
  private int turn;

  private SourceTask(
      TaskContext context,
      Positions positions,
      Downstream downstream,
      Chain chain,
      Snapshots snapshots) {
    this.context = context;
    this.operator = positions.operator;
    this.reading = new ArrayList<>(positions.splits);
    this.downstream = downstream;
    this.chain = chain;
    this.snapshots = snapshots;
  }

  /** A split being read. */
  record OpenSplit(String name, SourceReader<Object, Object> reader) {}

  /** A source task, and how it is asked for barriers. */
  public record Started(AttemptTask task, SourceTask source) {

    /** Has it put a barrier into the stream. Any thread. */
    public void trigger(CheckpointId checkpoint) {
      task.post(() -> source.triggered.add(checkpoint));
    }
  }

  static Started of(TaskContext context, Positions positions, Downstream downstream, Chain chain) {
    Snapshots snapshots = new Snapshots(context, chain);
    SourceTask body = new SourceTask(context, positions, downstream, chain, snapshots);
    return new Started(new AttemptTask(context, chain, snapshots, body, body.meter), body);
  }

  @Override
  public Progress step() throws Exception {
    if (!chain.clear()) {
      meter.is(Activity.BACKPRESSURED);
      return Progress.NONE;
    }
    if (!triggered.isEmpty()) {
      snapshots.barrier(triggered.remove(0), Duration.ZERO);
      return Progress.MADE;
    }
    if (reading.isEmpty()) {
      return end();
    }
    return poll();
  }

  private Progress end() {
    meter.is(Activity.FINISHED);
    if (hasEnded) {
      return Progress.NONE;
    }
    hasEnded = true;
    chain.sendToAll(EndOfInput.INSTANCE);
    context.reports().endOfInput(context.id());
    return Progress.MADE;
  }

  private Progress poll() throws Exception {
    turn = turn + 1 < reading.size() ? turn + 1 : 0;
    OpenSplit split = reading.get(turn);
    emitted = 0;
    SourceReader.Poll found = read(split);
    downstream.rethrow();
    meter.add(emitted);
    meter.is(emitted > 0 ? Activity.WORKING : Activity.WAITING_FOR_INPUT);
    chain.flushToIdle();
    return switch (found) {
      case MORE -> Progress.MADE;
      case LATER -> emitted > 0 ? Progress.MADE : Progress.NONE;
      case END -> {
        reading.remove(turn);
        yield Progress.MADE;
      }
    };
  }

  private SourceReader.Poll read(OpenSplit split) {
    try {
      return split
          .reader()
          .poll(
              value -> {
                emitted++;
                downstream.emit(value);
              });
    } catch (HeadraceException named) {
      throw placed(named, split);
    } catch (Exception thrown) {
      downstream.rethrow();
      HeadraceException failure =
          new HeadraceException(
              ErrorCode.SOURCE_FAILED,
              "Split \""
                  + split.name()
                  + "\" of source \""
                  + operator
                  + "\" could not be read: "
                  + thrown
                  + ". It is read again from its position in the last complete checkpoint.",
              thrown);
      throw placed(failure, split);
    }
  }

  /** Says which input was being read. */
  private HeadraceException placed(HeadraceException failure, OpenSplit split) {
    String place = "split \"" + split.name() + "\"";
    try {
      place += " near position " + split.reader().position();
    } catch (RuntimeException unknown) {
      failure.addSuppressed(unknown);
    }
    return failure.ofOperator(operator).at(place);
  }

  /** Where the splits of a source task stand: what it keeps in checkpoints. */
  static final class Positions implements SnapshotStage {

    private final String operator;
    private final List<OpenSplit> splits;
    private final Codec<Object> codec;

    Positions(String operator, List<OpenSplit> splits, Codec<Object> codec) {
      this.operator = operator;
      this.splits = List.copyOf(splits);
      this.codec = codec;
    }

    @Override
    public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
      SortedMap<String, byte[]> positions = new TreeMap<>();
      for (OpenSplit split : splits) {
        Encoder out = new Encoder();
        codec.encode(split.reader().position(), out);
        positions.put(split.name(), out.toBytes());
      }
      return new PendingPositions(new Contribution.Positions(operator, positions));
    }

    @Override
    public void completed(CheckpointId checkpoint) {
      // Positions are told to nobody outside.
    }
  }

  private record PendingPositions(Contribution.Positions positions) implements PendingPart {

    @Override
    public Contribution makeDurable(StateFiles files) {
      return positions;
    }

    @Override
    public boolean isIrrevocable() {
      return false;
    }
  }
}
