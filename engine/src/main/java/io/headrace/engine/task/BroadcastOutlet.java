package io.headrace.engine.task;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import java.util.Optional;

/**
 * Sends each value to every task of an operator, in one order. Values that may be changed are
 * copied for all but the first. One thread.
 */
final class BroadcastOutlet implements Outlet {

  private final Lanes lanes;
  private final Track track;
  private final int stream;
  private final Optional<Codec<Object>> copier;
  private final Encoder buffer = new Encoder();
  private final boolean isTimed;
  private final Batch[] open;
  private Provenance before = Provenance.UNKNOWN;

  /**
   * An outlet to some lanes.
   *
   * @param stream which of the operator's streams the values are of
   */
  BroadcastOutlet(Lanes lanes, int stream, Codec<Object> codec, Track track) {
    this.lanes = lanes;
    this.stream = stream;
    this.copier = codec.isImmutable() ? Optional.empty() : Optional.of(codec);
    this.track = track;
    this.isTimed = track.isTimed();
    this.open = new Batch[lanes.count()];
    begin();
  }

  private void begin() {
    for (int lane = 0; lane < open.length; lane++) {
      open[lane] = Batch.broadcast(isTimed, stream);
    }
  }

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void accept(Object value) {
    for (int lane = open.length - 1; lane >= 0; lane--) {
      Batch batch = open[lane];
      if (isTimed) {
        batch.timestamps[batch.size] = track.timestamp();
      }
      batch.add(lane == 0 || copier.isEmpty() ? value : copy(copier.get(), value));
    }
    if (open[0].isFull()) {
      flush();
    }
  }

  private Object copy(Codec<Object> codec, Object value) {
    buffer.clear();
    codec.encode(value, buffer);
    return codec.decode(new Decoder(buffer.buffer(), 0, buffer.size()));
  }

  /** Values are few and wanted everywhere: they wait for no task to be idle. */
  @Override
  public void flushToIdle() {
    if (open[0].size > 0) {
      flush();
    }
  }

  private void flush() {
    for (int lane = 0; lane < open.length; lane++) {
      open[lane].provenance = before.through(track.now());
      lanes.send(lane, open[lane]);
    }
    before = track.now();
    begin();
  }

  @Override
  public void sendToAll(Item item) {
    flushToIdle();
    for (int lane = 0; lane < open.length; lane++) {
      lanes.send(lane, item);
    }
  }
}
