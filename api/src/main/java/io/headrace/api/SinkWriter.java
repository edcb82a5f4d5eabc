package io.headrace.api;

import java.util.List;

/**
 * Writes the values of one task of a sink. All calls come from one thread at a time, in the order:
 * (write*, prepare)*, close.
 *
 * @param <T> the type of the values
 * @param <C> the type of committables
 */
public interface SinkWriter<T, C> extends AutoCloseable {

  /**
   * Writes one value into the open transaction, beginning one if there is none.
   *
   * @throws ValueRejectedException when this value cannot be written and has left no trace; any
   *     other exception says that the writer cannot go on
   */
  void write(T value) throws Exception;

  /**
   * Ends the open transaction at a barrier, without waiting: values written from now on belong to
   * the next one. Making the ended one durable is left to what this returns.
   */
  Prepared<C> prepare(CheckpointId checkpoint) throws Exception;

  /**
   * Gives up what was not prepared, and lets go of what is held for what was prepared and is not
   * durable: after this, none is made durable. What was prepared is left alone otherwise: whether
   * it is committed is decided by what the checkpoints say.
   */
  @Override
  void close() throws Exception;

  /** A transaction that ended at a barrier. */
  @FunctionalInterface
  interface Prepared<C> {

    /**
     * Makes everything of the transaction durable. Called once, on a thread that may block, while
     * the writer goes on writing; not at all where the attempt fails before. With several
     * checkpoints under way at once, those of a writer may be called at the same time and end in
     * any order.
     *
     * @return what commits it: empty when nothing was written, usually one element
     */
    List<C> makeDurable() throws Exception;

    /** Nothing was written. */
    static <C> Prepared<C> nothing() {
      return List::of;
    }
  }
}
