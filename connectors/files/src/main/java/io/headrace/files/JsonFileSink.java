package io.headrace.files;

import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes values as JSON lines, exactly once: into files that are pending until their checkpoint is
 * complete, and then get their name in the folder. No file is empty.
 *
 * <p>Several sinks of a job may share a folder, also those of several jobs while their names
 * differ. A job that is started in another directory needs another folder: what it wrote before is
 * not its own any more.
 */
public final class JsonFileSink<T> implements Sink<T, PendingFile> {

  private final Path folder;
  private final Class<T> type;

  JsonFileSink(Path folder, Class<T> type) {
    this.folder = folder;
    this.type = type;
  }

  @Override
  public TypeToken<PendingFile> committableType() {
    return TypeToken.of(PendingFile.class);
  }

  @Override
  public Delivery delivery() {
    return Delivery.TRANSACTIONAL;
  }

  @Override
  public SinkWriter<T, PendingFile> openWriter(ConnectorContext context) {
    return new JsonFileWriter<>(new SinkFolder(folder, context.operator()), type, context);
  }

  @Override
  public Committer<PendingFile> openCommitter(ConnectorContext context) throws IOException {
    return FileCommitter.open(new SinkFolder(folder, context.operator()), context);
  }
}
