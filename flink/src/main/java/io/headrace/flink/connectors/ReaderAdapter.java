package io.headrace.flink.connectors;

import io.headrace.api.HeadraceException;
import io.headrace.api.MalformedInput;
import io.headrace.api.OnFailure;
import io.headrace.api.Services;
import io.headrace.api.SourceReader.Poll;
import io.headrace.codec.DeadLetters;
import io.headrace.flink.operators.Notifications;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.IOUtils;

/**
 * Reads the splits of one task in turn. Positions are asked for between polls, as are those of
 * checkpoints, so that each is behind exactly what was emitted. The thread of the task.
 */
final class ReaderAdapter implements SourceReader<Object, SplitState> {

  /** How long to wait when no split has anything. */
  private static final long PAUSE_MILLIS = 10;

  private final OpenSource source;
  private final SourceReaderContext context;
  private final Counter putAside;
  private final List<SplitState> added = new ArrayList<>();
  private final Deque<OpenSplit> open = new ArrayDeque<>();
  private CompletableFuture<Void> available = new CompletableFuture<>();
  private boolean isComplete;
  private int emptyInARow;

  ReaderAdapter(OpenSource source, SourceReaderContext context) {
    this.source = source;
    this.context = context;
    this.putAside = context.metricGroup().counter("failuresPutAside");
  }

  /** A split that is being read. */
  private static final class OpenSplit {

    private final String name;
    private final io.headrace.api.SourceReader<Object, Object> reader;
    private final SourceOutput<Object> output;
    private long lastReadNanos;

    OpenSplit(
        String name,
        io.headrace.api.SourceReader<Object, Object> reader,
        SourceOutput<Object> output,
        long openedNanos) {
      this.name = name;
      this.lastReadNanos = openedNanos;
      this.reader = reader;
      this.output = output;
    }
  }

  @Override
  public void start() {
    // Splits are opened when they come.
  }

  @Override
  public InputStatus pollNext(ReaderOutput<Object> out) throws Exception {
    while (!added.isEmpty()) {
      SplitState next = added.get(0);
      io.headrace.api.SourceReader<Object, Object> reader =
          source.open(next, context.getIndexOfSubtask());
      open.add(new OpenSplit(next.name(), reader, out.createOutputForSplit(next.name()), nanos()));
      added.remove(0);
    }
    OpenSplit split = open.poll();
    if (split == null) {
      if (isComplete) {
        return InputStatus.END_OF_INPUT;
      }
      available = new CompletableFuture<>(); // Until there is a split, or never will be one.
      return InputStatus.NOTHING_AVAILABLE;
    }
    open.add(split);
    return poll(split, out);
  }

  private InputStatus poll(OpenSplit split, ReaderOutput<Object> out) throws Exception {
    Poll found = split.reader.poll(new Taken(split.output));
    if (found == Poll.END) {
      open.remove(split);
      split.reader.close();
      out.releaseOutputForSplit(split.name);
      return open.isEmpty() && isComplete ? InputStatus.END_OF_INPUT : InputStatus.MORE_AVAILABLE;
    }
    if (found == Poll.MORE) {
      split.lastReadNanos = nanos();
      emptyInARow = 0;
      return InputStatus.MORE_AVAILABLE;
    }
    markIdle(split);
    emptyInARow++;
    if (emptyInARow < open.size() || source.node().isBlocking()) {
      return InputStatus.MORE_AVAILABLE;
    }
    emptyInARow = 0;
    available =
        new CompletableFuture<Void>().completeOnTimeout(null, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    return InputStatus.NOTHING_AVAILABLE;
  }

  private long nanos() {
    return source.clock().nanoTime();
  }

  private void markIdle(OpenSplit split) {
    source
        .node()
        .eventTime()
        .filter(time -> nanos() - split.lastReadNanos >= time.idleness().toNanos())
        .ifPresent(time -> split.output.markIdle());
  }

  /** What a reader emits to. */
  private final class Taken implements io.headrace.api.SourceOutput<Object> {

    private final SourceOutput<Object> output;

    Taken(SourceOutput<Object> output) {
      this.output = output;
    }

    @Override
    public void emit(Object value) {
      if (source.eventTime().isEmpty()) {
        output.collect(value);
        return;
      }
      long time;
      try {
        time = source.time(value);
      } catch (HeadraceException untold) {
        if (source.node().options().onFailure() != OnFailure.SKIP
            || !DeadLetters.isOfValue(untold)) {
          throw untold;
        }
        putAside.inc();
        return;
      }
      output.collect(value, time);
    }

    @Override
    public void malformed(MalformedInput input) {
      if (source.node().options().onFailure() != OnFailure.SKIP) {
        throw input.refused();
      }
      putAside.inc();
    }
  }

  @Override
  public List<SplitState> snapshotState(long checkpoint) {
    List<SplitState> splits = new ArrayList<>(added);
    for (OpenSplit split : open) {
      splits.add(source.state(split.name, split.reader.position()));
    }
    return splits;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public void addSplits(List<SplitState> splits) {
    added.addAll(splits);
    available.complete(null);
  }

  @Override
  public void notifyNoMoreSplits() {
    isComplete = true;
    available.complete(null);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) throws Exception {
    for (OpenSplit split : open) {
      Notifications.complete(split.reader, checkpoint);
    }
  }

  @Override
  public void notifyCheckpointAborted(long checkpoint) throws Exception {
    for (OpenSplit split : open) {
      Notifications.aborted(split.reader, checkpoint);
    }
  }

  @Override
  public void close() throws Exception {
    try (Services.Open last = source.services()) {
      IOUtils.closeAll(open.stream().map(split -> split.reader).toList());
    }
  }
}
