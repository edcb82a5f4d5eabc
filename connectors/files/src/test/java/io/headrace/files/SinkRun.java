package io.headrace.files;

import io.headrace.api.CheckpointId;
import io.headrace.api.Clock;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.SinkWriter;
import io.headrace.api.SinkWriter.Prepared;
import io.headrace.files.FileSinkTest.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One attempt of a job with a sink, as the engine calls it; it crashes when it is dropped. */
final class SinkRun {

  private final Committer<PendingFile> committer;
  private final List<SinkWriter<Line, PendingFile>> writers = new ArrayList<>();

  private SinkRun(Committer<PendingFile> committer) {
    this.committer = committer;
  }

  /** A clock that stands until it is moved. */
  static final class ManualClock implements Clock {

    private long nanos;
    private Duration ahead = Duration.ZERO;

    void advance(Duration time) {
      nanos += time.toNanos();
    }

    /** Has the time of day jump; no time passes. */
    void jump(Duration by) {
      ahead = ahead.plus(by);
    }

    @Override
    public long nanoTime() {
      return nanos;
    }

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusNanos(nanos).plus(ahead);
    }
  }

  static ConnectorContext context(String operator, int task, long attempt) {
    return new ConnectorContext("orders", "here", operator, task, attempt, Clock.system());
  }

  /** Commits what is prepared, aborts the rest, and opens a writer for each task. */
  static SinkRun start(
      FileSink<Line> sink, String operator, long attempt, List<PendingFile> prepared)
      throws Exception {
    return start(sink, context(operator, 0, attempt), prepared);
  }

  static SinkRun start(FileSink<Line> sink, ConnectorContext context, List<PendingFile> prepared)
      throws Exception {
    SinkRun run = new SinkRun(sink.openCommitter(context));
    run.committer.recover(prepared);
    for (int task = 0; task < 2; task++) {
      run.writers.add(
          sink.openWriter(
              new ConnectorContext(
                  context.job(),
                  context.lineage(),
                  context.operator(),
                  task,
                  context.attempt(),
                  context.clock())));
    }
    return run;
  }

  void write(int task, String... texts) throws Exception {
    for (String text : texts) {
      writers.get(task).write(new Line(text));
    }
  }

  Prepared<PendingFile> prepare(int task, long checkpoint) throws Exception {
    return writers.get(task).prepare(new CheckpointId(checkpoint));
  }

  /** Ends the transactions of all tasks and makes them durable. */
  List<PendingFile> prepareAll(long checkpoint) throws Exception {
    List<PendingFile> files = new ArrayList<>();
    for (int task = 0; task < writers.size(); task++) {
      files.addAll(prepare(task, checkpoint).makeDurable());
    }
    return files;
  }

  void commit(List<PendingFile> files) throws Exception {
    committer.commit(files);
  }

  void close() throws Exception {
    for (SinkWriter<Line, PendingFile> writer : writers) {
      writer.close();
    }
    committer.close();
  }
}
