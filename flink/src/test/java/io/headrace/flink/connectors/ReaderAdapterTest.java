package io.headrace.flink.connectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headrace.api.CheckpointId;
import io.headrace.api.CheckpointListener;
import io.headrace.api.Clock;
import io.headrace.api.ConnectorContext;
import io.headrace.api.OperatorOptions;
import io.headrace.api.Services;
import io.headrace.api.Source;
import io.headrace.api.SourceOutput;
import io.headrace.api.SourceReader;
import io.headrace.api.Split;
import io.headrace.api.TypeToken;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.NodeId;
import io.headrace.codec.Codecs;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.groups.SourceReaderMetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

/** What a reader of ours gets to know and to do on Flink. */
final class ReaderAdapterTest {

  private final List<String> events = new ArrayList<>();

  /** Two splits are open, neither of which can be closed. */
  private ReaderAdapter opened() throws Exception {
    OpenSource source =
        new OpenSource(
            "job",
            "lineage",
            new Node.Source(
                new NodeId(0), "ticks", OperatorOptions.defaults(), new Ticks(), Optional.empty()),
            anyOf(new Ticks()),
            Codecs.of((Type) Long.class),
            Clock.system(),
            Services.none().open());
    ReaderAdapter reader = new ReaderAdapter(source, new NoContext());
    reader.addSplits(List.of(source.state("first", 0L), source.state("second", 0L)));
    reader.pollNext(new NoOutput());
    return reader;
  }

  @SuppressWarnings("unchecked") // It reads and emits numbers alone.
  private static Source<Object, Object> anyOf(Source<?, ?> source) {
    return (Source<Object, Object>) source;
  }

  @Test
  void allAreToldWhatBecameOfCheckpoints() throws Exception {
    ReaderAdapter reader = opened();

    reader.notifyCheckpointAborted(1);
    reader.notifyCheckpointComplete(2);

    assertThat(events)
        .containsExactlyInAnyOrder(
            "first: 1 aborted", "second: 1 aborted", "first: 2 complete", "second: 2 complete");
  }

  @Test
  void allAreClosedWhateverOneThrows() throws Exception {
    ReaderAdapter reader = opened();

    assertThatThrownBy(reader::close)
        .hasMessageEndingWith("does not close")
        .satisfies(first -> assertThat(first.getSuppressed()).hasSize(1));

    assertThat(events).containsExactlyInAnyOrder("first closed", "second closed");
  }

  /** A source of nothing. */
  private final class Ticks implements Source<Long, Long> {

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
      return false;
    }

    @Override
    public List<Split<Long>> splits() {
      return List.of(new Split<>("first", 0L), new Split<>("second", 0L));
    }

    @Override
    public SourceReader<Long, Long> open(String split, Long position, ConnectorContext context) {
      return new Reader(split);
    }
  }

  private final class Reader implements SourceReader<Long, Long>, CheckpointListener {

    private final String split;

    Reader(String split) {
      this.split = split;
    }

    @Override
    public Poll poll(SourceOutput<Long> out) {
      return Poll.LATER;
    }

    @Override
    public Long position() {
      return 0L;
    }

    @Override
    public void checkpointComplete(CheckpointId checkpoint) {
      events.add(split + ": " + checkpoint.value() + " complete");
    }

    @Override
    public void checkpointAborted(CheckpointId checkpoint) {
      events.add(split + ": " + checkpoint.value() + " aborted");
    }

    @Override
    public void close() throws IOException {
      events.add(split + " closed");
      throw new IOException(split + " does not close");
    }
  }

  /** Takes nothing: nothing is emitted. */
  private static final class NoOutput implements ReaderOutput<Object> {

    @Override
    public void collect(Object value) {
      throw new AssertionError("emitted " + value);
    }

    @Override
    public void collect(Object value, long timestamp) {
      collect(value);
    }

    @Override
    public void emitWatermark(Watermark watermark) {
      throw new AssertionError("emitted " + watermark);
    }

    @Override
    public void markIdle() {}

    @Override
    public void markActive() {}

    @Override
    public org.apache.flink.api.connector.source.SourceOutput<Object> createOutputForSplit(
        String split) {
      return this;
    }

    @Override
    public void releaseOutputForSplit(String split) {}
  }

  /** The first task, which nobody listens to. */
  private static final class NoContext implements SourceReaderContext {

    @Override
    public SourceReaderMetricGroup metricGroup() {
      return UnregisteredMetricsGroup.createSourceReaderMetricGroup();
    }

    @Override
    public Configuration getConfiguration() {
      return new Configuration();
    }

    @Override
    public String getLocalHostName() {
      return "localhost";
    }

    @Override
    public int getIndexOfSubtask() {
      return 0;
    }

    @Override
    public void sendSplitRequest() {}

    @Override
    public void sendSourceEventToCoordinator(SourceEvent event) {}

    @Override
    public UserCodeClassLoader getUserCodeClassLoader() {
      throw new UnsupportedOperationException("no class of the user is loaded");
    }
  }
}
