package io.headrace.api;

/**
 * Reads one split. All calls come from one thread at a time, in the order: (poll, position)*,
 * close. After the end of the split the reader is asked for its position once more, and closed.
 *
 * @param <T> the type of the values
 * @param <P> the type of positions
 */
public interface SourceReader<T, P> extends AutoCloseable {

  /**
   * Emits some values, at most a few hundred, without waiting for any.
   *
   * @return whether to ask again
   */
  Poll poll(SourceOutput<T> out) throws Exception;

  /**
   * The position of the next value: reading from it delivers what follows the values emitted so
   * far.
   */
  P position();

  /** Lets go of what the reader holds. Called on a thread that may block. */
  @Override
  void close() throws Exception;

  /** What a poll found. */
  enum Poll {
    /** Something was emitted, and there may be more at once. */
    MORE,
    /** There is nothing now; there may be later. */
    LATER,
    /** The split ended; everything of it has been emitted. */
    END
  }
}
