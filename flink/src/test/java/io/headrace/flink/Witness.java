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
import java.nio.file.StandardOpenOption;

/**
 * A job whose sink notes for which attempts its writers and its committer are opened.
 *
 * @param folder where it writes, and notes
 * @param perSecond how many values a second there are
 */
public record Witness(String folder, double perSecond) implements Job {

  private static final long VALUES = 300;

  @Override
  public void define(Pipeline pipeline) {
    pipeline
        .source(
            "numbers",
            Sources.paced(Sources.generate(String.class, VALUES, Long::toString), perSecond))
        .sink("out", new Noting<>(TextFiles.write(Path.of(folder, "out")), notes()));
  }

  /** A line for each writer and committer: which it is, lineage and attempt. */
  Path notes() {
    return Path.of(folder, "notes");
  }

  private record Noting<C>(Sink<String, C> sink, Path notes) implements Sink<String, C> {

    private void note(String what, ConnectorContext context) throws IOException {
      Files.writeString(
          notes,
          "%s %s %d\n".formatted(what, context.lineage(), context.attempt()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }

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
      note("writer", context);
      return sink.openWriter(context);
    }

    @Override
    public Committer<C> openCommitter(ConnectorContext context) throws Exception {
      note("committer", context);
      return sink.openCommitter(context);
    }
  }
}
