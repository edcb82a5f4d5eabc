package io.headrace.engine.task;

/** Sends values to the tasks of an operator that does not care which: batch by batch, in turn. */
final class PlainOutlet implements Outlet {

  private final Lanes lanes;
  private final Track track;
  private Provenance before = Provenance.UNKNOWN;
  private final boolean isTimed;
  private Batch open;
  private int turn;

  PlainOutlet(Lanes lanes, Track track) {
    this.lanes = lanes;
    this.track = track;
    this.isTimed = track.isTimed();
    this.open = Batch.plain(isTimed);
  }

  @Override
  public Lanes lanes() {
    return lanes;
  }

  @Override
  public void accept(Object value) {
    if (isTimed) {
      open.timestamps[open.size] = track.timestamp();
    }
    open.add(value);
    if (open.isFull()) {
      flush();
    }
  }

  @Override
  public void flushToIdle() {
    if (open.size > 0 && lanes.isDrained(turn)) {
      flush();
    }
  }

  private void flush() {
    open.provenance = before.through(track.now());
    before = track.now();
    lanes.send(turn, open);
    open = Batch.plain(isTimed);
    turn = turn + 1 == lanes.count() ? 0 : turn + 1;
  }

  @Override
  public void sendToAll(Item item) {
    if (open.size > 0) {
      flush();
    }
    for (int lane = 0; lane < lanes.count(); lane++) {
      lanes.send(lane, item);
    }
  }
}
