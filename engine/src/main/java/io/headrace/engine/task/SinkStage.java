package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import io.headrace.api.SinkWriter;
import io.headrace.api.ValueRejectedException;
import io.headrace.codec.Codec;
import io.headrace.codec.Encoder;
import java.util.ArrayList;
import java.util.List;

/** Writes values to the outside. One thread. */
final class SinkStage implements Stage, SnapshotStage {

  private final CallSite site;
  private final SinkWriter<Object, Object> writer;
  private final Codec<Object> committables;

  SinkStage(CallSite site, SinkWriter<Object, Object> writer, Codec<Object> committables) {
    this.site = site;
    this.writer = writer;
    this.committables = committables;
  }

  @Override
  public void accept(Object value) {
    try {
      writer.write(value);
    } catch (ValueRejectedException rejected) {
      throw site.rejected(value, rejected);
    } catch (Exception thrown) {
      throw isOfValue(thrown) ? site.failed("writer", value, thrown) : failed(write(), thrown);
    }
  }

  private static boolean isOfValue(Exception thrown) {
    return thrown instanceof HeadraceException ours && ours.code() == ErrorCode.VALUE_NOT_ENCODABLE;
  }

  private String write() {
    return "write" + site.position().map(place -> " what was read from " + place).orElse("");
  }

  @Override
  public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
    try {
      return new PendingTransaction(writer.prepare(checkpoint));
    } catch (Exception thrown) {
      throw failed("prepare", thrown);
    }
  }

  /** Commits are the coordinator's; this only tells a writer that wants to know. */
  @Override
  public void completed(CheckpointId checkpoint) {
    tell(listener -> listener.checkpointComplete(checkpoint));
  }

  @Override
  public void aborted(CheckpointId checkpoint) {
    tell(listener -> listener.checkpointAborted(checkpoint));
  }

  private void tell(Notification notification) {
    try {
      notification.to(writer);
    } catch (Exception thrown) {
      throw failed("take note of a checkpoint", thrown);
    }
  }

  @Override
  public boolean endsTransactions() {
    return true;
  }

  private HeadraceException failed(String step, Exception thrown) {
    if (thrown instanceof HeadraceException ours) {
      return ours.ofOperator(site.operator());
    }
    return new HeadraceException(
            ErrorCode.SINK_FAILED,
            "Sink "
                + site.inWords()
                + " could not "
                + step
                + ": "
                + Printable.of(thrown)
                + ". What it wrote since the last complete checkpoint is written again after a"
                + " restart.",
            thrown)
        .ofOperator(site.operator());
  }

  private final class PendingTransaction implements PendingPart {

    private final SinkWriter.Prepared<Object> prepared;

    PendingTransaction(SinkWriter.Prepared<Object> prepared) {
      this.prepared = prepared;
    }

    @Override
    public Contribution makeDurable(StateFiles files) {
      try {
        List<byte[]> encoded = new ArrayList<>();
        for (Object committable : prepared.makeDurable()) {
          Encoder out = new Encoder();
          committables.encode(committable, out);
          encoded.add(out.toBytes());
        }
        return new Contribution.Transactions(site.operator(), encoded);
      } catch (Exception thrown) {
        throw failed("make a transaction durable", thrown);
      }
    }

    @Override
    public boolean isIrrevocable() {
      return true;
    }
  }
}
