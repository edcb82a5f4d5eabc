package io.headrace.api;

import java.util.List;

/**
 * The operator state of one task of a source or sink: a list for each state that it declares.
 *
 * <p>Before the first reader or writer of the task is opened, each list holds what the checkpoint
 * that the job starts from gives to the task; nothing, if it starts empty. The connector changes
 * the lists as it likes. What they hold at a barrier is stored: for a sink after {@link
 * SinkWriter#prepare}, for a source together with the positions. A task whose input has ended goes
 * on to store what it holds.
 *
 * <p>The readers of a task share its lists. Lists may be asked for anywhere, but what they hold
 * belongs to the thread of the task: a writer may touch it from {@link Sink#openWriter} on, a
 * reader in {@link SourceReader#poll} and not in {@link Source#open}, since a reader may be opened
 * while others are read. Elements must not be null, and are encoded during the barrier, so that
 * they may be changed later.
 */
@FunctionalInterface
public interface OperatorStates {

  /**
   * The list of a state in this task; the same each time.
   *
   * @throws HeadraceException with {@link ErrorCode#INVALID_JOB} if the operator does not declare
   *     the state
   */
  <V> List<V> elements(OperatorState<V> state);
}
