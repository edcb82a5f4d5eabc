package io.headrace.benchmarks;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** W1 as a loop: a table of {@code long}, and batches of keys and values side by side. */
final class LoopSums implements LoopWork<long[]> {

  private static final int BATCH_EVENTS = 512;
  private static final int BUFFER_WORDS = 1 << 17;

  private final int self;
  private final int keys;
  private final long end;
  private final LongSums sums;
  private final LongSums copy;
  private final Tally tally = Meter.newTally();

  private long next;
  private long[] batch = new long[2 * BATCH_EVENTS];
  private int filled;

  /** The work of the task of that number, 0 or 1. */
  LoopSums(int self, Workload workload) {
    this.self = self;
    this.keys = workload.keys();
    next = workload.firstEvent(self);
    end = workload.firstEvent(self + 1);
    sums = new LongSums(keys / 2 + keys / 16 + 16);
    copy = new LongSums(keys / 2 + keys / 16 + 16);
  }

  @Override
  public void draw(Outbox<long[]> out) throws InterruptedException {
    long until = Math.min(end, next + BATCH_EVENTS);
    for (; next < until; next++) {
      long key = Workload.key(next, keys);
      long value = Workload.value(key);
      if (LongSums.owner(key) == self) {
        tally.add(sums.add(key, value));
      } else {
        batch[filled] = key;
        batch[filled + 1] = value;
        filled += 2;
        if (filled == batch.length) {
          flush(out);
        }
      }
    }
  }

  @Override
  public boolean isDrawn() {
    return next == end;
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
      tally.add(sums.add(received[at], received[at + 1]));
    }
  }

  @Override
  public LoopState copy() {
    sums.copyTo(copy);
    long position = next;
    return (file, buffer) -> write(position, file, buffer);
  }

  @Override
  public long end() {
    tally.flush();
    return sums.fingerprint();
  }

  // Checkpoints

  private void write(long position, FileChannel file, ByteBuffer buffer) throws IOException {
    buffer.putLong(self).putLong(position).putLong(copy.words());
    LoopState.drain(buffer, file);
    copy.writeTo(file, buffer);
  }

  /**
   * Restores a checkpoint, adds the events behind it, and tells what fingerprint the sums of both
   * tasks then have together.
   */
  static long restoredFingerprint(Workload workload, Path checkpoint) throws IOException {
    LongSums sums = new LongSums(workload.keys() + workload.keys() / 16 + 16);
    try (FileChannel file = FileChannel.open(checkpoint, READ)) {
      for (int part = 0; part < 2; part++) {
        restorePart(workload, file, sums);
      }
    }
    return sums.fingerprint();
  }

  private static void restorePart(Workload workload, FileChannel file, LongSums sums)
      throws IOException {
    LongBuffer header = read(file, 3);
    int task = (int) header.get(0);
    for (long left = header.get(2); left > 0; ) {
      LongBuffer words = read(file, (int) Math.min(left, BUFFER_WORDS));
      left -= words.remaining();
      while (words.hasRemaining()) {
        long key = words.get();
        long sum = words.get();
        if (key != 0) {
          sums.add(key, sum);
        }
      }
    }
    for (long event = header.get(1); event < workload.firstEvent(task + 1); event++) {
      long key = Workload.key(event, workload.keys());
      sums.add(key, Workload.value(key));
    }
  }

  private static LongBuffer read(FileChannel file, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    while (bytes.hasRemaining()) {
      if (file.read(bytes) < 0) {
        throw new IOException(
            "the checkpoint ends too early, " + bytes.remaining() + " bytes miss");
      }
    }
    return bytes.flip().asLongBuffer();
  }
}
