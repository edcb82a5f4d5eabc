package io.headrace.benchmarks;

/** A {@link Rotation} as a loop: batches of keys and events side by side, sent before it waits. */
final class LoopRotation implements LoopWork<long[]> {

  private static final int BATCH_EVENTS = 64;

  private final int self;
  private final int keys;
  private final long events;
  private final Schedule schedule = Schedule.installed().orElseThrow();
  private final LongSums sums;
  private final LongSums copy;
  private final Taker taker = Takers.next();

  private long next;
  private long[] batch = new long[2 * BATCH_EVENTS];
  private int filled;

  /** The work of the task of that number, 0 or 1: every second event. */
  LoopRotation(int self, Workload workload) {
    this.self = self;
    this.keys = workload.keys();
    this.events = workload.events();
    next = self;
    sums = new LongSums(keys / 2 + keys / 16 + 16);
    copy = new LongSums(keys / 2 + keys / 16 + 16);
  }

  @Override
  public void draw(Outbox<long[]> out) throws InterruptedException {
    for (int drawn = 0; drawn < BATCH_EVENTS && !isDrawn() && schedule.isDue(next); drawn++) {
      long key = Rotation.key(next, keys);
      if (LongSums.owner(key) == self) {
        add(key, next);
      } else {
        batch[filled] = key;
        batch[filled + 1] = next;
        filled += 2;
      }
      next += 2;
    }
    if (filled > 0) {
      flush(out);
    }
  }

  private void add(long key, long event) {
    taker.take(event, sums.add(key, Workload.value(key)));
  }

  @Override
  public boolean isDrawn() {
    return next >= events;
  }

  @Override
  public void flush(Outbox<long[]> out) throws InterruptedException {
    if (filled < batch.length) {
      // The rest of a batch that is not full stays empty: no key is 0.
      batch[filled] = 0;
    }
    out.send(batch);
    batch = out.used().orElseGet(() -> new long[2 * BATCH_EVENTS]);
    filled = 0;
  }

  @Override
  public void receive(long[] received) {
    for (int at = 0; at < received.length && received[at] != 0; at += 2) {
      add(received[at], received[at + 1]);
    }
  }

  @Override
  public LoopState copy() {
    sums.copyTo(copy);
    return copy::writeTo;
  }

  @Override
  public long end() {
    return sums.fingerprint();
  }
}
