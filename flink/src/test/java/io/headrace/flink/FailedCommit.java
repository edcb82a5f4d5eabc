package io.headrace.flink;

import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Job;
import io.headrace.api.Pipeline;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.TypeToken;
import io.headrace.api.connector.Sources;
import io.headrace.files.TextFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job whose first commit of anything fails.
 *
 * @param isDone whether it has committed before it fails
 */
public record FailedCommit(String out, boolean isDone) implements Job {

  static final long VALUES = 30;

  @Override
  public void define(Pipeline pipeline) {
    Path folder = Path.of(out);
    pipeline
        .source("numbers", Sources.generate(String.class, VALUES, Long::toString))
        .sink("out", new Failing<>(TextFiles.write(folder.resolve("out")), hasFailed(), isDone));
  }

  /** The file that is there when the commit has failed. */
  Path hasFailed() {
    return Path.of(out + "-has-failed");
  }

  private record Failing<C>(Sink<String, C> sink, Path hasFailed, boolean isDone)
      implements Sink<String, C> {

    @Override
    public TypeToken<C> committableType() {
      return sink.committableType();
    }

    @Override
    public Delivery delivery() {
      return sink.delivery();
    }

    @Override
    public SinkWriter<String, C> openWriter(ConnectorContext context) throws Exception {
      return sink.openWriter(context);
    }

    @Override
    public Committer<C> openCommitter(ConnectorContext context) throws Exception {
      Committer<C> committer = sink.openCommitter(context);
      return new Committer<>() {
        @Override
        public void recover(List<C> prepared) throws Exception {
          committer.recover(prepared);
        }

        @Override
        public void commit(List<C> committables) throws Exception {
          boolean fails = !committables.isEmpty() && !Files.exists(hasFailed);
          if (!fails || isDone) {
            committer.commit(committables);
          }
          if (fails) {
            Files.createFile(hasFailed);
            throw new IOException("no answer");
          }
        }

        @Override
        public void close() throws Exception {
          committer.close();
        }
      };
    }
  }
}
