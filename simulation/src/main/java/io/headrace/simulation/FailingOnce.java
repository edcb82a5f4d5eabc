package io.headrace.simulation;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Another source, without operator state, one of whose readers fails in the middle of its split,
 * after a checkpoint. Only once: a file says that it has.
 *
 * @param middle the position from which a reader fails
 */
record FailingOnce(EventSource source, long middle, Path hasFailed) implements Source<Event, Long> {

  @Override
  public TypeToken<Event> type() {
    return source.type();
  }

  @Override
  public TypeToken<Long> positionType() {
    return source.positionType();
  }

  @Override
  public boolean isBounded() {
    return true;
  }

  @Override
  public List<Split<Long>> splits() {
    return source.splits();
  }

  @Override
  public SourceReader<Event, Long> open(String split, Long position, ConnectorContext context) {
    ConnectorContext own =
        new ConnectorContext(
            context.job(),
            context.lineage(),
            context.operator(),
            context.task(),
            context.attempt(),
            context.clock(),
            new PlainLists(),
            context.services());
    return new Reader(source.open(split, position, own));
  }

  private final class Reader implements SourceReader<Event, Long>, CheckpointListener {

    private final SourceReader<Event, Long> reader;
    private boolean hasCheckpoint;

    Reader(SourceReader<Event, Long> reader) {
      this.reader = reader;
    }

    @Override
    public Poll poll(SourceOutput<Event> out) throws Exception {
      if (reader.position() >= middle && !Files.exists(hasFailed)) {
        if (!hasCheckpoint) {
          return Poll.LATER;
        }
        fail();
      }
      return reader.poll(out);
    }

    private void fail() throws IOException {
      try {
        Files.createFile(hasFailed);
      } catch (FileAlreadyExistsException other) {
        return; // Another reader fails at the same time.
      }
      throw new IOException("This reader fails once.");
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      hasCheckpoint = true;
    }

    @Override
    public Long position() {
      return reader.position();
    }

    @Override
    public void close() throws Exception {
      reader.close();
    }
  }
}
