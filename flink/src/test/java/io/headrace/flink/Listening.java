package io.headrace.flink;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.Context;
import io.headrace.api.Job;
import io.headrace.api.KeyedProcess;
import io.headrace.api.Pipeline;
import io.headrace.api.Sink;
import io.headrace.api.SinkWriter;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A job whose input ends when its reader, its process and its writer each have been told that a
 * checkpoint is complete, of which each leaves a file.
 */
public record Listening(String out) implements Job {

  @Override
  public void define(Pipeline pipeline) {
    Path folder = Path.of(out);
    pipeline
        .source("ticks", new Ticks(folder))
        .keyBy(tick -> tick)
        .process("process", states -> new Passing(folder))
        .sink("writer", new Discarding(folder));
  }

  private static void told(Path folder, String whom) {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(whom), "told\n");
    } catch (IOException full) {
      throw new java.io.UncheckedIOException(full);
    }
  }

  private record Ticks(Path folder) implements Source<Long, Long> {

    @Override
    public TypeToken<Long> type() {
      return TypeToken.of(Long.class);
    }

    @Override
    public TypeToken<Long> positionType() {
      return TypeToken.of(Long.class);
    }

    @Override
    public boolean isBounded() {
      return true;
    }

    @Override
    public List<Split<Long>> splits() {
      return List.of(new Split<>("ticks", 0L));
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      return new Reader(folder, position);
    }
  }

  private static final class Reader implements SourceReader<Long, Long>, CheckpointListener {

    private final Path folder;
    private long next;

    Reader(Path folder, long position) {
      this.folder = folder;
      this.next = position;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) {
      out.emit(next++);
      boolean isEnd =
          List.of("reader", "process", "writer").stream()
              .allMatch(whom -> Files.exists(folder.resolve(whom)));
      return isEnd ? Poll.END : Poll.LATER;
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      told(folder, "reader");
    }

    @Override
    public Long position() {
      return next;
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }

  private record Passing(Path folder)
      implements KeyedProcess<Long, Long, Long>, CheckpointListener {

    @Override
    public void process(Long tick, Context<Long, Long> at) {
      at.emit(tick);
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      told(folder, "process");
    }
  }

  private record Discarding(Path folder) implements Sink<Long, Long> {

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
      return new Writer(folder);
    }

    @Override
    public Committer<Long> openCommitter(ConnectorContext context) {
      return Committer.ofNothing();
    }
  }

  private record Writer(Path folder) implements SinkWriter<Long, Long>, CheckpointListener {

    @Override
    public void write(Long tick) {
      // Only what is told counts.
    }

    @Override
    public Prepared<Long> prepare(CheckpointId checkpoint) {
      return Prepared.nothing();
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      told(folder, "writer");
    }

    @Override
    public void close() {
      // Nothing is held open.
    }
  }
}
