package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueRejectedException;
import io.headrace.api.connector.CollectingSink;
import io.headrace.api.connector.Sinks;
import java.util.List;

/** A sink that does not take numbers that end with 7. */
final class RejectingSink implements Sink<Long, String> {

  private final CollectingSink<Long> sink = Sinks.collect();

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
    SinkWriter<Long, String> writer = sink.openWriter(context);
    return new SinkWriter<>() {
      @Override
      public void write(Long value) throws Exception {
        if (value % 10 == 7) {
          throw new ValueRejectedException("since it ends with 7");
        }
        writer.write(value);
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) throws Exception {
        return writer.prepare(checkpoint);
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) throws Exception {
    return sink.openCommitter(context);
  }
}
