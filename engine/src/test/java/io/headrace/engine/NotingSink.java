package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.OperatorState;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.util.List;
import java.util.function.Consumer;

/** A sink that only does to its operator state what a test wants. */
record NotingSink(
    List<OperatorState<?>> operatorStates,
    Consumer<ConnectorContext> onOpen,
    Note onWrite,
    Consumer<ConnectorContext> onPrepare)
    implements Sink<String, String> {

  /** What is done to each value. */
  interface Note {
    void take(ConnectorContext context, String value);
  }

  @Override
  public TypeToken<String> committableType() {
    return TypeToken.of(String.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.AT_LEAST_ONCE;
  }

  @Override
  public SinkWriter<String, String> openWriter(ConnectorContext context) {
    onOpen.accept(context);
    return new SinkWriter<>() {
      @Override
      public void write(String value) {
        onWrite.take(context, value);
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) {
        onPrepare.accept(context);
        return Prepared.nothing();
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return Committer.ofNothing();
  }
}
