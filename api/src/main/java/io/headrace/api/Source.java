package io.headrace.api;

import java.util.List;

/**
 * Something that can be read again from a position: files, a log, a generator.
 *
 * <p>A source has splits, each read by one task at a time and each with a position of its own. What
 * a split delivers from a position on must be the same each time it is read; a source that cannot
 * promise that says so with {@link #isReplayable}.
 *
 * @param <T> the type of the values
 * @param <P> the type of positions: stored in checkpoints, so it needs a schema like any state
 */
public interface Source<T, P> {

  /** The type of the values. */
  TypeToken<T> type();

  /** The type of the positions. */
  TypeToken<P> positionType();

  /** Whether every split has an end. */
  boolean isBounded();

  /**
   * Whether what was read can be read again from a position. A source that cannot, such as a socket
   * or a queue that forgets what it has handed out, returns false: its values since the last
   * complete checkpoint are then lost by a failure, and the job is told so at its start.
   */
  default boolean isReplayable() {
    return true;
  }

  /**
   * The splits as they are now, with the positions to start from. Called on a thread that may
   * block, before the tasks of an attempt start. Positions of a checkpoint win over these; a split
   * that a checkpoint knows and that is not listed here stops the job.
   */
  List<Split<P>> splits() throws Exception;

  /** A reader of one split from a position on. Called on a thread that may block. */
  SourceReader<T, P> open(String split, P position, ConnectorContext context) throws Exception;
}
