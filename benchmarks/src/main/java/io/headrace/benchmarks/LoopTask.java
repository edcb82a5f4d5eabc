package io.headrace.benchmarks;

import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One of the two threads of the hand-written loop: draws its half of the events, sums those whose
 * key it owns, and sends the others to its peer in batches.
 *
 * <p>A checkpoint is aligned as in an engine: the task puts a barrier behind what it has sent,
 * draws no more events until the barrier of its peer has come, copies its table, and goes on. What
 * it hands to the {@link LoopCheckpoints} is therefore a consistent cut.
 */
final class LoopTask implements Callable<Long> {

  private static final int BATCH_EVENTS = 512;
  private static final int RING_BATCHES = 64;

  /** Marks in line, told from batches by identity. */
  private static final long[] BARRIER = new long[0];

  private static final long[] END = new long[0];

  private final int self;
  private final int keys;
  private final long end;
  private final Links links;
  private final LoopCheckpoints checkpoints;
  private final LongSums sums;
  private final LongSums copy;
  private final Tally tally = Meter.newTally();

  private long next;
  private long[] batch = new long[2 * BATCH_EVENTS];
  private int filled;
  private long checkpoint;
  private boolean barrierSent;
  private boolean barrierCame;
  private boolean endSent;
  private boolean endCame;

  /** The task of that number, 0 or 1. */
  LoopTask(int self, Workload workload, Links links, LoopCheckpoints checkpoints) {
    this.self = self;
    this.keys = workload.keys();
    this.links = links;
    this.checkpoints = checkpoints;
    next = workload.firstEvent(self);
    end = workload.firstEvent(self + 1);
    sums = new LongSums(keys / 2 + keys / 16 + 16);
    copy = checkpoints.enabled() ? new LongSums(keys / 2 + keys / 16 + 16) : sums;
  }

  /** Runs to the end of both halves; gives the fingerprint of the sums. Ends when interrupted. */
  @Override
  public Long call() throws InterruptedException {
    while (!(endSent && endCame)) {
      stopIfInterrupted();
      if (!barrierSent && checkpoints.requested() > checkpoint) {
        sendBarrier();
      }
      if (!barrierSent && !endSent) {
        generate();
      }
      receive();
      if (barrierSent && (barrierCame || endCame)) {
        snapshot();
      }
    }
    tally.flush();
    return sums.fingerprint();
  }

  /** A task waits in a loop; this is how it learns that its peer has failed. */
  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the other task of the loop has failed");
    }
  }

  private void generate() throws InterruptedException {
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
          sendBatch();
        }
      }
    }
    if (next == end) {
      sendBatch();
      send(END);
      endSent = true;
    }
  }

  private void sendBarrier() throws InterruptedException {
    if (!endSent) {
      sendBatch();
      send(BARRIER);
    }
    barrierSent = true;
  }

  private void sendBatch() throws InterruptedException {
    if (filled < batch.length) {
      // The rest of a batch that is not full stays empty: no key is 0.
      batch[filled] = 0;
    }
    send(batch);
    batch = links.returned().poll().orElseGet(() -> new long[2 * BATCH_EVENTS]);
    filled = 0;
  }

  private void send(long[] message) throws InterruptedException {
    while (!links.out().offer(message)) {
      stopIfInterrupted();
      receive(); // the peer may be waiting for room as well
      Thread.onSpinWait();
    }
  }

  /** Sums what the peer sent, up to its barrier while ours is not behind us too. */
  private void receive() {
    while (!barrierCame) {
      Optional<long[]> message = links.in().poll();
      if (message.isEmpty()) {
        return;
      }
      long[] received = message.get();
      if (received == BARRIER) {
        barrierCame = true;
      } else if (received == END) {
        endCame = true;
      } else {
        sum(received);
        links.returning().offer(received);
      }
    }
  }

  private void sum(long[] received) {
    for (int at = 0; at < received.length && received[at] != 0; at += 2) {
      tally.add(sums.add(received[at], received[at + 1]));
    }
  }

  private void snapshot() {
    checkpoint++;
    sums.copyTo(copy);
    checkpoints.add(new LoopCheckpoints.Part(self, next, copy));
    barrierSent = false;
    barrierCame = false;
  }

  /**
   * The rings of one task.
   *
   * @param out batches to the peer
   * @param in batches from the peer
   * @param returned batches of ours that the peer has used up
   * @param returning batches of the peer that we have used up
   */
  record Links(Ring<long[]> out, Ring<long[]> in, Ring<long[]> returned, Ring<long[]> returning) {

    /** The rings of both tasks. */
    static Links[] pair() {
      Ring<long[]> there = new Ring<>(RING_BATCHES);
      Ring<long[]> back = new Ring<>(RING_BATCHES);
      Ring<long[]> usedThere = new Ring<>(RING_BATCHES);
      Ring<long[]> usedBack = new Ring<>(RING_BATCHES);
      return new Links[] {
        new Links(there, back, usedThere, usedBack), new Links(back, there, usedBack, usedThere)
      };
    }
  }
}
