package io.headrace.files;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.headrace.api.CheckpointId;
import io.headrace.api.ConnectorContext;
import io.headrace.api.SinkWriter;
import io.headrace.api.connector.DurableFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the lines of one task. */
final class JsonFileWriter<T> implements SinkWriter<T, PendingFile> {

  private static final int BUFFER_BYTES = 1 << 16;
  private static final JsonMapper JSON = new JsonMapper();

  private final SinkFolder folder;
  private final ObjectWriter json;
  private final ConnectorContext context;
  private @Nullable OpenFile open;
  private long files;

  JsonFileWriter(SinkFolder folder, Class<T> type, ConnectorContext context) {
    this.folder = folder;
    this.json = JSON.writerFor(type);
    this.context = context;
  }

  @Override
  public void write(T value) throws IOException {
    if (open == null) {
      open = new OpenFile(folder, folder.pendingName(context, files++));
    }
    open.line(json.writeValueAsBytes(value));
  }

  @Override
  public Prepared<PendingFile> prepare(CheckpointId checkpoint) {
    OpenFile ended = open;
    if (ended == null) {
      return Prepared.nothing();
    }
    open = null;
    String target = folder.targetName(context, checkpoint);
    return () -> List.of(ended.makeDurable(target));
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.discard();
      open = null;
    }
  }

  /** A file that is being written. One thread at a time. */
  private static final class OpenFile {

    private final SinkFolder folder;
    private final String name;
    private final Path path;
    private final FileChannel channel;
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(BUFFER_BYTES);
    private long length;

    OpenFile(SinkFolder folder, String name) throws IOException {
      this.folder = folder;
      this.name = name;
      this.path = folder.pendingFolder().resolve(name);
      this.channel = DurableFiles.open(path);
    }

    void line(byte[] line) throws IOException {
      buffer.write(line);
      buffer.write('\n');
      if (buffer.size() >= BUFFER_BYTES) {
        flush();
      }
    }

    private void flush() throws IOException {
      DurableFiles.writeAll(channel, ByteBuffer.wrap(buffer.toByteArray()));
      length += buffer.size();
      buffer.reset();
    }

    PendingFile makeDurable(String target) throws IOException {
      try (channel) {
        flush();
        channel.force(true);
      }
      DurableFiles.syncDirectory(folder.pendingFolder());
      return new PendingFile(name, target, length);
    }

    void discard() throws IOException {
      channel.close();
      Files.deleteIfExists(path);
    }
  }
}
