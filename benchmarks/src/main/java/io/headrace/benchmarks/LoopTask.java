package io.headrace.benchmarks;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * One of the two threads of the hand-written loop: draws its half of the events, works on those
 * whose key it owns, and sends the others to its peer in batches.
 *
 * <p>A checkpoint is aligned as in an engine: the task puts a barrier behind what it has sent,
 * draws no more events until the barrier of its peer has come, copies its state, and goes on. What
 * it hands to the {@link LoopCheckpoints} is therefore a consistent cut.
 *
 * @param <B> a batch of events
 */
final class LoopTask<B> implements Callable<Long>, LoopWork.Outbox<B> {

  private static final int RING_BATCHES = 64;
  private static final long PARK_NANOS = 20_000; // 20 us

  private final LoopWork<B> work;
  private final Links<B> links;
  private final LoopCheckpoints checkpoints;

  private long checkpoint;
  private boolean barrierSent;
  private boolean barrierCame;
  private boolean endSent;
  private boolean endCame;

  /** A task that does some work. */
  LoopTask(LoopWork<B> work, Links<B> links, LoopCheckpoints checkpoints) {
    this.work = work;
    this.links = links;
    this.checkpoints = checkpoints;
  }

  /** Runs to the end of both halves; gives a number for the state. Ends when interrupted. */
  @Override
  public Long call() throws InterruptedException {
    boolean parks = Schedule.installed().isPresent();
    while (!(endSent && endCame)) {
      stopIfInterrupted();
      if (!barrierSent && checkpoints.requested() > checkpoint) {
        sendBarrier();
      }
      if (!barrierSent && !endSent) {
        draw();
      }
      boolean any = receive();
      if (barrierSent && (barrierCame || endCame)) {
        snapshot();
      } else if (parks && !any) {
        LockSupport.parkNanos(this, PARK_NANOS);
      }
    }
    return work.end();
  }

  /** A task waits in a loop; this is how it learns that its peer has failed. */
  private static void stopIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("the other task of the loop has failed");
    }
  }

  private void draw() throws InterruptedException {
    work.draw(this);
    if (work.isDrawn()) {
      work.flush(this);
      sendMessage(new Message.End<>());
      endSent = true;
    }
  }

  private void sendBarrier() throws InterruptedException {
    if (!endSent) {
      work.flush(this);
      sendMessage(new Message.Barrier<>());
    }
    barrierSent = true;
  }

  @Override
  public void send(B batch) throws InterruptedException {
    sendMessage(new Message.Batch<>(batch));
  }

  @Override
  public Optional<B> used() {
    return links.returned().poll();
  }

  private void sendMessage(Message<B> message) throws InterruptedException {
    while (!links.out().offer(message)) {
      stopIfInterrupted();
      receive(); // the peer may be waiting for room as well
      Thread.onSpinWait();
    }
  }

  /** Works on what the peer sent, up to its barrier while ours is not behind us too. */
  private boolean receive() {
    boolean any = false;
    while (!barrierCame) {
      Optional<Message<B>> message = links.in().poll();
      if (message.isEmpty()) {
        return any;
      }
      any = true;
      take(message.get());
    }
    return any;
  }

  private void take(Message<B> message) {
    if (message instanceof Message.Batch<B> batch) {
      work.receive(batch.events());
      links.returning().offer(batch.events());
    } else if (message instanceof Message.Barrier<B>) {
      barrierCame = true;
    } else {
      endCame = true;
    }
  }

  private void snapshot() {
    checkpoint++;
    checkpoints.add(work.copy());
    barrierSent = false;
    barrierCame = false;
  }

  /** What tasks send each other. */
  sealed interface Message<B> {

    /** Events; the array goes back to its sender. */
    record Batch<B>(B events) implements Message<B> {}

    /** What comes before belongs to the checkpoint. */
    record Barrier<B>() implements Message<B> {}

    /** Nothing more comes. */
    record End<B>() implements Message<B> {}
  }

  /**
   * The rings of one task.
   *
   * @param out to the peer
   * @param in from the peer
   * @param returned batches of ours that the peer has used up
   * @param returning batches of the peer that we have used up
   */
  record Links<B>(Ring<Message<B>> out, Ring<Message<B>> in, Ring<B> returned, Ring<B> returning) {

    /** The links of one task. */
    static <B> Links<B> links() {
      return new Links<>(
          new Ring<>(RING_BATCHES),
          new Ring<>(RING_BATCHES),
          new Ring<>(RING_BATCHES),
          new Ring<>(RING_BATCHES));
    }

    /** The links of the other one. */
    Links<B> opposite() {
      return new Links<>(in, out, returning, returned);
    }
  }
}
