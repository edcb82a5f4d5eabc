package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.OperatorState;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.util.List;

/** Another sink that also takes note of what it is given, in operator state of both kinds. */
record TallySink<C>(Sink<Line, C> sink) implements Sink<Line, C> {

  /** How many lines there were: the sum of all elements. */
  static final OperatorState<Long> COUNTS = OperatorState.evenSplit("counts", Long.class);

  /** Some of the lines, each in the list of one task. */
  static final OperatorState<Line> MARKED = OperatorState.union("marked", Line.class);

  private static final int MOST_PER_COUNT = 4;
  private static final int MARKED_EACH = 5;

  static TallySink<?> of(Sink<Line, ?> sink) {
    return new TallySink<>(sink);
  }

  /** Whether a line is one of those that are marked. */
  static boolean isMarked(Line line) {
    return line.count() % MARKED_EACH == 0;
  }

  @Override
  public List<OperatorState<?>> operatorStates() {
    return List.of(MARKED, COUNTS);
  }

  @Override
  public TypeToken<C> committableType() {
    return sink.committableType();
  }

  @Override
  public Delivery delivery() {
    return sink.delivery();
  }

  @Override
  public Committer<C> openCommitter(ConnectorContext context) throws Exception {
    return sink.openCommitter(context);
  }

  @Override
  public SinkWriter<Line, C> openWriter(ConnectorContext context) throws Exception {
    List<Line> marked = context.states().elements(MARKED);
    if (context.task() > 0) {
      marked.clear(); // The first task answers for those that were restored.
    }
    return new Writer<>(sink.openWriter(context), context.states().elements(COUNTS), marked);
  }

  private record Writer<C>(SinkWriter<Line, C> writer, List<Long> counts, List<Line> marked)
      implements SinkWriter<Line, C> {

    @Override
    public void write(Line line) throws Exception {
      writer.write(line);
      int last = counts.size() - 1;
      if (counts.isEmpty() || counts.get(last) == MOST_PER_COUNT) {
        counts.add(1L);
      } else {
        counts.set(last, counts.get(last) + 1);
      }
      if (isMarked(line)) {
        marked.add(line);
      }
    }

    @Override
    public Prepared<C> prepare(CheckpointId checkpoint) throws Exception {
      return writer.prepare(checkpoint);
    }

    @Override
    public void close() throws Exception {
      writer.close();
    }
  }
}
