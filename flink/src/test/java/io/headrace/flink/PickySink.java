package io.headrace.flink;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueRejectedException;
import java.io.IOException;

/**
 * Rejects every third value.
 *
 * @param breaks whether it fails on another one, which is not the value's fault
 */
record PickySink(boolean breaks) implements Sink<Long, Long> {

  @Override
  public TypeToken<Long> committableType() {
    return TypeToken.of(Long.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.AT_LEAST_ONCE;
  }

  @Override
  public SinkWriter<Long, Long> openWriter(ConnectorContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Long value) throws Exception {
        if (value % 3 == 0) {
          throw new ValueRejectedException("a third");
        }
        if (breaks && value == 5) {
          throw new IOException("no space left");
        }
      }

      @Override
      public Prepared<Long> prepare(CheckpointId checkpoint) {
        return Prepared.nothing();
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Committer<Long> openCommitter(ConnectorContext context) {
    return Committer.ofNothing();
  }
}
