package io.headrace.api;

import java.util.List;

/**
 * Something that results are written to.
 *
 * <p>A <em>transactional</em> sink writes into a transaction that becomes visible when it is
 * committed, after the checkpoint that covers it is complete. A sink that is not transactional
 * writes at once, and may write again what it wrote after the last complete checkpoint.
 *
 * @param <T> the type of the values
 * @param <C> the type of committables, what is needed to commit a transaction: stored in
 *     checkpoints, so it needs a schema like any state
 */
public interface Sink<T, C> {

  /** The type of the committables. */
  TypeToken<C> committableType();

  /** What can be said of the outside after a crash. */
  Delivery delivery();

  /** The operator states that its writers use; the same each time. */
  default List<OperatorState<?>> operatorStates() {
    return List.of();
  }

  /**
   * Whether writers may wait in {@link SinkWriter#write} and {@link SinkWriter#prepare}. Its tasks
   * then have threads of their own, which are interrupted when the job is cancelled or fails
   * elsewhere. Default: they never wait.
   */
  default boolean isBlocking() {
    return false;
  }

  /**
   * A writer for one task. Called on a thread that may block, in each attempt after {@link
   * Committer#recover}.
   */
  SinkWriter<T, C> openWriter(ConnectorContext context) throws Exception;

  /** A committer, one for the whole sink in each attempt. Called on a thread that may block. */
  Committer<C> openCommitter(ConnectorContext context) throws Exception;

  /** What a sink promises about what it wrote before a crash. */
  enum Delivery {
    /** Nothing is seen before it is committed, and nothing is seen twice. */
    TRANSACTIONAL,
    /**
     * Writing again what was written has no effect; so what is written must be the same when a
     * value is processed again.
     */
    IDEMPOTENT,
    /** What was written since the last complete checkpoint is written again. */
    AT_LEAST_ONCE
  }
}
