package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import java.util.List;

/** Collects what is committed, and calls a hook before each step. */
record HookedSink(CollectingSink<Long> sink, Hook hook) implements Sink<Long, String> {

  HookedSink(Hook hook) {
    this(Sinks.collect(), hook);
  }

  /** What a sink is asked to do. */
  enum Step {
    RECOVER,
    OPEN,
    WRITE,
    PREPARE,
    MAKE_DURABLE,
    COMMIT,
    CLOSE
  }

  /** Is called before each step, on the thread that takes it. */
  @FunctionalInterface
  interface Hook {
    void before(Step step) throws Exception;
  }

  List<Long> values() {
    return sink.values();
  }

  @Override
  public TypeToken<String> committableType() {
    return sink.committableType();
  }

  @Override
  public Delivery delivery() {
    return sink.delivery();
  }

  @Override
  public SinkWriter<Long, String> openWriter(ConnectorContext context) throws Exception {
    hook.before(Step.OPEN);
    SinkWriter<Long, String> writer = sink.openWriter(context);
    return new SinkWriter<>() {
      @Override
      public void write(Long value) throws Exception {
        hook.before(Step.WRITE);
        writer.write(value);
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) throws Exception {
        hook.before(Step.PREPARE);
        Prepared<String> prepared = writer.prepare(checkpoint);
        return () -> {
          hook.before(Step.MAKE_DURABLE);
          return prepared.makeDurable();
        };
      }

      @Override
      public void close() throws Exception {
        hook.before(Step.CLOSE);
        writer.close();
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) throws Exception {
    Committer<String> committer = sink.openCommitter(context);
    return new Committer<>() {
      @Override
      public void recover(List<String> prepared) throws Exception {
        hook.before(Step.RECOVER);
        committer.recover(prepared);
      }

      @Override
      public void commit(List<String> committables) throws Exception {
        hook.before(Step.COMMIT);
        committer.commit(committables);
      }

      @Override
      public void close() throws Exception {
        committer.close();
      }
    };
  }
}
