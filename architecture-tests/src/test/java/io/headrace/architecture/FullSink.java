package io.headrace.architecture;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.ValueRejectedException;
import java.io.IOException;
import java.util.List;

/**
 * A sink on a full disk, or one that takes nothing.
 *
 * @param step when it fails: "reject", "write" or "commit"
 */
record FullSink(String step) implements Sink<Object, String> {

  @Override
  public TypeToken<String> committableType() {
    return TypeToken.of(String.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.TRANSACTIONAL;
  }

  @Override
  public SinkWriter<Object, String> openWriter(ConnectorContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(Object value) throws IOException, ValueRejectedException {
        if (step.equals("reject")) {
          throw new ValueRejectedException("since its account is closed");
        }
        fail("write");
      }

      @Override
      public Prepared<String> prepare(CheckpointId checkpoint) {
        return () -> List.of("lines of checkpoint " + checkpoint);
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  @Override
  public Committer<String> openCommitter(ConnectorContext context) {
    return new Committer<>() {
      @Override
      public void recover(List<String> prepared) {
        // Nothing was prepared.
      }

      @Override
      public void commit(List<String> committables) throws IOException {
        fail("commit");
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  private void fail(String at) throws IOException {
    if (at.equals(step)) {
      throw new IOException("No space left on device");
    }
  }
}
