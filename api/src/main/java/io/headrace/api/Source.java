package io.headrace.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be read again from a position: files, a log, a generator.
 *
 * <p>A source has splits, each read by one task at a time and each with a position of its own. What
 * a split delivers from a position on must be the same each time it is read.
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
   * The splits as they are now, with the positions to start from. Called on a thread that may
   * block, before the tasks of an attempt start. Positions of a checkpoint win over these; a split
   * that a checkpoint knows and that is not listed here stops the job.
   */
  List<Split<P>> splits() throws Exception;

  /**
   * How often to look for new splits; empty if there will be none. When it is present, {@link
   * #splits()} is asked again each time this long has passed, on a thread that may block, and a
   * split that was not there before is read from the position listed. A split whose reader returned
   * {@link SourceReader.Poll#END} is remembered as ended and not opened again, also after a
   * restart, until it is no longer listed. One that is no longer listed and has not ended stops the
   * job.
   */
  default Optional<Duration> discoveryInterval() {
    return Optional.empty();
  }

  /** A reader of one split from a position on. Called on a thread that may block. */
  SourceReader<T, P> open(String split, P position, ConnectorContext context) throws Exception;
}
