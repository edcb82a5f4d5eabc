package io.headrace.api.connector;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.io.PrintStream;
import java.util.List;

/** Prints each value on a line. */
final class PrintSink<T> implements Sink<T, String> {

  private final PrintStream out;

  PrintSink(PrintStream out) {
    this.out = out;
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
  public SinkWriter<T, String> openWriter(ConnectorContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(T value) {
        out.println(value);
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) {
        return () -> {
          out.flush(); // A checkpoint must not cover lines that a crash would take with it.
          return List.of();
        };
      }

      @Override
      public void close() {
        out.flush();
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return Committer.ofNothing();
  }
}
