package io.headrace.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be read again from a position: files, a log, a generator.
 *
 * <p>A source has splits, each read by one task at a time and each with a position of its own. What
 * a split delivers from a position on must be the same each time it is read; a source that cannot
 * promise that says so with {@link #isReplayable}.
 *
 * @param <T> the type of the values
 * @param <P> the type of positions: stored in checkpoints, so it needs a schema like any state.
 *     Their {@code toString} is for people and stands in errors: it says where in the split they
 *     are, and tells nothing of what stands there
 */
public interface Source<T, P> {

  /** The type of the values. */
  TypeToken<T> type();

  /** The type of the positions. */
  TypeToken<P> positionType();

  /**
   * Whether every split has an end. A bounded source that is asked for new splits has ended when
   * all its splits have, and asking once more after that has found no new one.
   */
  boolean isBounded();

  /**
   * Whether {@link SourceReader#poll} may wait for values. Its tasks then have threads of their
   * own, which are interrupted when the job ends. A poll should still return within about a second:
   * a task takes part in checkpoints between polls. Default: it never waits.
   */
  default boolean isBlocking() {
    return false;
  }

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
   * block, before the tasks of an attempt start, and again as {@link #discoveryInterval} says;
   * never twice at once. Positions of a checkpoint win over these; a split that a checkpoint knows
   * and that is not listed here stops the job, unless the source is asked for new splits and the
   * split has ended.
   */
  List<Split<P>> splits() throws Exception;

  /**
   * How long to wait until {@link #splits} is asked again while the job runs; empty if what it
   * lists before the start is all there is. What it throws ends the attempt.
   *
   * <p>A split that was not listed before is read from the position that it is listed with, by the
   * task that reads the fewest. It is part of checkpoints from then on; after a restart from a
   * checkpoint without it, it is found again, and must be listed with the same position.
   *
   * <p>A split that has ended is not read again, also after a restart, as long as it is listed.
   * Once it is not, it is forgotten by the next checkpoint, and its name would stand for a new
   * split. So such a source ends by itself only if it {@link #isBounded}.
   */
  default Optional<Duration> discoveryInterval() {
    return Optional.empty();
  }

  /** The operator states that its readers use; the same each time. */
  default List<OperatorState<?>> operatorStates() {
    return List.of();
  }

  /** A reader of one split from a position on. Called on a thread that may block. */
  SourceReader<T, P> open(String split, P position, ConnectorContext context) throws Exception;
}
