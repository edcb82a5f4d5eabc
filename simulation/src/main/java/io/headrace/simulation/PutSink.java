package io.headrace.simulation;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A sink that is idempotent: puts each line, at once, where the one of the same key and count is,
 * if there is one. Each is a file; those of a key are in the order of their names.
 */
record PutSink(Path folder) implements Sink<Line, Boolean> {

  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public TypeToken<Boolean> committableType() {
    return TypeToken.of(Boolean.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.IDEMPOTENT;
  }

  @Override
  public SinkWriter<Line, Boolean> openWriter(ConnectorContext context) throws IOException {
    Files.createDirectories(folder);
    return new SinkWriter<>() {
      @Override
      public void write(Line line) throws IOException {
        Path place = folder.resolve("%s-%012d.jsonl".formatted(line.key(), line.count()));
        Files.writeString(place, JSON.writeValueAsString(line) + "\n");
      }

      @Override
      public Prepared<Boolean> prepare(CheckpointId checkpoint) {
        return Prepared.nothing();
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }

  @Override
  public Committer<Boolean> openCommitter(ConnectorContext context) {
    return Committer.ofNothing();
  }
}
