package io.headrace.benchmarks;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Hands each output on, and forgets it.
 *
 * @param <T> the type of the outputs
 * @param outputs what takes those of one task, for each task
 */
record HeadraceSink<T>(Supplier<Output<T>> outputs) implements Sink<T, String> {

  /** What takes the outputs of one task. */
  record Output<T>(Consumer<T> add, Runnable flush) {}

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
    Output<T> output = outputs.get();
    return new SinkWriter<>() {
      @Override
      public void write(T value) {
        output.add().accept(value);
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) {
        output.flush().run();
        return Prepared.nothing();
      }

      @Override
      public void close() {
        output.flush().run();
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return Committer.ofNothing();
  }
}
