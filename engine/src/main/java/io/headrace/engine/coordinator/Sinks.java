package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.Committer;
import io.headrace.api.ConnectorContext;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.Sink;
import io.headrace.api.plan.Node;
import io.headrace.api.plan.Plan;
import io.headrace.codec.Codec;
import io.headrace.codec.Codecs;
import io.headrace.codec.Decoder;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Closing;
import io.headrace.engine.task.Connectors;
import io.headrace.engine.task.LogNames;
import io.headrace.engine.task.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The committers of all sinks in one attempt. On threads that may block, one call at a time. */
final class Sinks implements AutoCloseable {

  private final List<OpenSink> open;
  private final RunListener listener;

  private Sinks(List<OpenSink> open, RunListener listener) {
    this.open = open;
    this.listener = listener;
  }

  private record OpenSink(Node.Sink node, Committer<Object> committer, Codec<Object> codec)
      implements AutoCloseable {

    String name() {
      return node.name();
    }

    @Override
    public void close() {
      try {
        committer.close();
      } catch (Exception thrown) {
        throw Connectors.failed(node, "close its committer", thrown);
      }
    }
  }

  /**
   * Opens a committer for each sink. When this throws, none is left open.
   *
   * @param self the call that this is done in
   */
  static Sinks open(Plan plan, ConnectorContext template, RunListener listener, Call self)
      throws Exception {
    Sinks sinks = new Sinks(new ArrayList<>(), listener);
    try {
      for (Node node : plan.nodes()) {
        if (node instanceof Node.Sink sink) {
          String what = "The opening of a committer for sink \"" + sink.name() + "\"";
          self.at(Call.Step.ofCommit(what, sink.name()));
          sinks.open.add(open(sink, template));
        }
      }
      return sinks;
    } catch (Exception | Error failure) {
      Closing.after(failure, sinks);
      throw failure;
    }
  }

  @SuppressWarnings("unchecked") // A sink agrees with itself.
  private static OpenSink open(Node.Sink node, ConnectorContext template) {
    LogNames.operator(node.name());
    Sink<Object, Object> sink = (Sink<Object, Object>) node.sink();
    ConnectorContext context =
        new ConnectorContext(
            template.job(),
            template.lineage(),
            node.name(),
            0,
            template.attempt(),
            template.clock(),
            template.services());
    Codec<Object> codec = Codecs.of(sink.committableType().type());
    try {
      return new OpenSink(node, sink.openCommitter(context), codec);
    } catch (Exception thrown) {
      throw Connectors.failed(node, "open a committer", thrown);
    }
  }

  /**
   * Commits what a restored checkpoint holds and aborts everything else.
   *
   * @param self the call that this is done in
   */
  void recover(Optional<CheckpointId> from, Map<String, List<byte[]>> prepared, Call self) {
    for (OpenSink sink : open) {
      LogNames.operator(sink.name());
      List<Object> committables = decode(sink, prepared.getOrDefault(sink.name(), List.of()));
      self.at(step("recovery", sink, committables.size(), from));
      try {
        sink.committer().recover(committables);
      } catch (Exception thrown) {
        throw failed(sink, committables.size(), from, thrown);
      }
      from.ifPresent(id -> listener.on(CheckpointStep.SINK_COMMITTED, sink.name(), id));
    }
  }

  /**
   * Commits what a complete checkpoint holds.
   *
   * @param self the call that this is done in
   */
  void commit(CheckpointId checkpoint, Map<String, List<byte[]>> prepared, Call self) {
    for (OpenSink sink : open) {
      List<byte[]> encoded = prepared.getOrDefault(sink.name(), List.of());
      if (!encoded.isEmpty()) {
        self.at(step("commit", sink, encoded.size(), Optional.of(checkpoint)));
        commit(sink, checkpoint, decode(sink, encoded));
      }
    }
  }

  private void commit(OpenSink sink, CheckpointId checkpoint, List<Object> committables) {
    LogNames.operator(sink.name());
    listener.on(CheckpointStep.SINK_COMMITTING, sink.name(), checkpoint);
    try {
      sink.committer().commit(committables);
    } catch (Exception thrown) {
      throw failed(sink, committables.size(), Optional.of(checkpoint), thrown);
    }
    listener.on(CheckpointStep.SINK_COMMITTED, sink.name(), checkpoint);
  }

  private static Call.Step step(
      String what, OpenSink sink, int count, Optional<CheckpointId> checkpoint) {
    return Call.Step.ofCommit(
        "The %s of sink \"%s\" (%d transactions of checkpoint %s)"
            .formatted(what, sink.name(), count, words(checkpoint)),
        sink.name());
  }

  private static String words(Optional<CheckpointId> checkpoint) {
    return checkpoint.map(CheckpointId::toString).orElse("none");
  }

  private static List<Object> decode(OpenSink sink, List<byte[]> encoded) {
    List<Object> committables = new ArrayList<>();
    for (byte[] bytes : encoded) {
      committables.add(sink.codec().decode(new Decoder(bytes)));
    }
    return committables;
  }

  private static HeadraceException failed(
      OpenSink sink, int count, Optional<CheckpointId> checkpoint, Exception thrown) {
    return new HeadraceException(
            ErrorCode.COMMIT_FAILED,
            "Sink \""
                + sink.name()
                + "\" could not "
                + (checkpoint.isPresent()
                    ? "commit " + count + " transactions of checkpoint " + words(checkpoint)
                    : "abort what earlier attempts have left")
                + ": "
                + (thrown instanceof HeadraceException ours
                    ? withoutStop(ours.reason())
                    : Printable.of(thrown))
                + (checkpoint.isPresent()
                    ? ". A job with a directory has them safe in the checkpoint, and commits them"
                        + " when it restarts."
                    : ". It is tried again if the job starts again."),
            thrown)
        .ofOperator(sink.name());
  }

  private static String withoutStop(String sentence) {
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  @Override
  public void close() throws Exception {
    Closing.closeAll(open);
  }
}
