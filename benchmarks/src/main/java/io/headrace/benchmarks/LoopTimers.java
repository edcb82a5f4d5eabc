package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * W7 as a loop: the table of W1, a heap of the timers, and batches of events, which are numbers.
 * Each task draws every second event. The last event of a batch says how far its sender is.
 */
final class LoopTimers implements LoopWork<long[]> {

  private static final int BATCH_EVENTS = 512;
  private static final long NONE = -1;

  private final int self;
  private final int keys;
  private final long events;
  private final long delayMillis;
  private final LongSums sums;
  private final LongSums sumsCopy;
  private final LongHeap timers = new LongHeap();
  private final Tally tally = Meter.newTally();

  private long next;
  private long peerAt = NONE;
  private long[] batch = new long[BATCH_EVENTS];
  private int filled;

  /** The work of the task of that number, 0 or 1. */
  LoopTimers(int self, Workload workload) {
    this.self = self;
    this.keys = workload.keys();
    this.events = workload.events();
    this.delayMillis = workload.timerDelay().toMillis();
    next = self;
    sums = new LongSums(keys / 2 + keys / 16 + 16);
    sumsCopy = new LongSums(keys / 2 + keys / 16 + 16);
  }

  @Override
  public void draw(Outbox<long[]> out) throws InterruptedException {
    long until = Math.min(events, next + 2 * BATCH_EVENTS);
    for (; next < until; next += 2) {
      if (LongSums.owner(Workload.key(next, keys)) == self) {
        timers.add(next + delayMillis, next);
      } else {
        batch[filled++] = next;
        if (filled == batch.length) {
          flush(out);
        }
      }
    }
    fire(Math.min(next - 2, peerAt));
  }

  /** Fires the timers up to a time. */
  private void fire(long watermark) {
    while (timers.size() > 0 && timers.least() <= watermark) {
      long key = Workload.key(timers.removeLeast(), keys);
      tally.add(sums.add(key, Workload.value(key)));
    }
  }

  @Override
  public boolean isDrawn() {
    return next >= events;
  }

  @Override
  public void flush(Outbox<long[]> out) throws InterruptedException {
    if (filled < batch.length) {
      batch[filled] = NONE;
    }
    out.send(batch);
    batch = out.used().orElseGet(() -> new long[BATCH_EVENTS]);
    filled = 0;
  }

  @Override
  public void receive(long[] received) {
    for (int i = 0; i < received.length && received[i] != NONE; i++) {
      timers.add(received[i] + delayMillis, received[i]);
      peerAt = received[i];
    }
  }

  @Override
  public LoopState copy() {
    sums.copyTo(sumsCopy);
    long[] waiting = timers.words();
    long position = next;
    return (file, buffer) -> write(position, waiting, file, buffer);
  }

  private void write(long position, long[] waiting, FileChannel file, ByteBuffer buffer)
      throws IOException {
    buffer.putLong(self).putLong(position).putLong(sumsCopy.words()).putLong(waiting.length);
    LoopState.drain(buffer, file);
    sumsCopy.writeTo(file, buffer);
    for (long word : waiting) {
      if (buffer.remaining() < Long.BYTES) {
        LoopState.drain(buffer, file);
      }
      buffer.putLong(word);
    }
    LoopState.drain(buffer, file);
  }

  @Override
  public long end() {
    fire(Long.MAX_VALUE);
    tally.flush();
    return sums.fingerprint();
  }
}
