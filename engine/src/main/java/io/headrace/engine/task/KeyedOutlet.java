package io.headrace.engine.task;

import io.headrace.api.HeadraceException;
import io.headrace.api.KeySelector;
import io.headrace.codec.HashRange;
import io.headrace.codec.KeyCodec;

/** Sends each value to the task that owns its key. */
final class KeyedOutlet implements Outlet {

  private final Lanes lanes;
  private final Provenance[] before;
  private final Batch[] open;
  private final Keying keying;
  private final Track track;
  private final boolean isTimed;

  KeyedOutlet(Lanes lanes, Keying keying, Track track) {
    this.lanes = lanes;
    this.keying = keying;
    this.track = track;
    this.isTimed = track.isTimed();
    this.open = new Batch[lanes.count()];
    this.before = new Provenance[lanes.count()];
    for (int lane = 0; lane < open.length; lane++) {
      open[lane] = Batch.keyed(isTimed, keying.stream);
      before[lane] = Provenance.UNKNOWN;
    }
  }

  /**
   * How values get their keys.
   *
   * @param stream which of the operator's streams they are of
   * @param passesFailures whether a value that the selector fails on is passed to the operator,
   *     with a {@link FailedKey}, instead of failing the job
   */
  record Keying(
      CallSite site,
      KeySelector<Object, Object> selector,
      KeyCodec<Object> keys,
      int stream,
      boolean passesFailures) {}

  /** Takes the place of a key that could not be selected. */
  record FailedKey(HeadraceException failure) {}

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void accept(Object value) {
    Object key;
    long hash;
    try {
      key = keyOf(value);
      hash = keying.keys.hash(key);
    } catch (HeadraceException failure) {
      passOn(value, failure);
      return;
    }
    send(HashRange.taskOf(hash, open.length), value, key, hash);
  }

  private void send(int lane, Object value, Object key, long hash) {
    Batch batch = open[lane];
    if (isTimed) {
      batch.timestamps[batch.size] = track.timestamp();
    }
    batch.add(value, key, hash);
    if (batch.isFull()) {
      flush(lane);
    }
  }

  private void passOn(Object value, HeadraceException failure) {
    if (!keying.passesFailures) {
      throw keying.site.failed("key", value, failure);
    }
    send(0, value, new FailedKey(failure), HashRange.ofTask(0, open.length).first());
  }

  private Object keyOf(Object value) {
    Object key;
    try {
      key = keying.selector.key(value);
    } catch (Exception thrown) {
      throw keying.site.failed("key selector", value, thrown);
    }
    if (key == null) {
      throw keying.site.failed(
          "its key selector returned null, and every value needs a key: filter out those that have"
              + " none",
          value);
    }
    return key;
  }

  @Override
  public void flushToIdle() {
    for (int lane = 0; lane < open.length; lane++) {
      if (open[lane].size > 0 && lanes.isDrained(lane)) {
        flush(lane);
      }
    }
  }

  private void flush(int lane) {
    open[lane].provenance = before[lane].through(track.now());
    before[lane] = track.now();
    lanes.send(lane, open[lane]);
    open[lane] = Batch.keyed(isTimed, keying.stream);
  }

  @Override
  public void sendToAll(Item item) {
    for (int lane = 0; lane < open.length; lane++) {
      if (open[lane].size > 0) {
        flush(lane);
      }
      lanes.send(lane, item);
    }
  }
}
