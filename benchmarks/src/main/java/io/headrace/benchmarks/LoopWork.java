package io.headrace.benchmarks;

import java.util.Optional;

/**
 * What one task of the hand-written loop does with its events and with those that its peer sends.
 * Called by that task's {@link LoopTask}, on its thread.
 *
 * @param <B> a batch of events on its way to the peer
 */
interface LoopWork<B> {

  /**
   * Draws some hundred events at most, works on those of its own keys and collects the others into
   * batches, which it sends when they are full, or when there is nothing to draw at the moment.
   */
  void draw(Outbox<B> out) throws InterruptedException;

  /** Whether all events of this task were drawn. */
  boolean isDrawn();

  /** Sends what was collected. */
  void flush(Outbox<B> out) throws InterruptedException;

  /** Works on the events of a batch from the peer. */
  void receive(B batch);

  /** Copies its state for a checkpoint; the copy for the checkpoint before is no longer needed. */
  LoopState copy();

  /** There will be no more events: reports what was not reported. Tells a number for the state. */
  long end();

  /** Where batches go. */
  interface Outbox<B> {

    /** Sends a batch, which is the peer's from now on. */
    void send(B batch) throws InterruptedException;

    /** A batch that the peer is done with, if there is one. */
    Optional<B> used();
  }
}
