package io.headrace.api;

import java.util.List;

/**
 * Commits the transactions of one sink. All calls come from threads that may block, one at a time,
 * in the order: recover, commit*, close.
 *
 * <p>A call that does not return within {@link WatchdogSettings#giveUpAfter} is interrupted, and
 * the attempt fails. No other attempt calls a committer of the sink in this process before it has
 * returned. One that ignores the interrupt keeps the job from starting again: give clients of the
 * outside timeouts of their own that are shorter.
 *
 * @param <C> the type of committables
 */
public interface Committer<C> extends AutoCloseable {

  /**
   * Commits what the restored checkpoint says is prepared, and aborts every other transaction that
   * earlier attempts of this job left behind. Some or all may be committed already.
   */
  void recover(List<C> prepared) throws Exception;

  /**
   * Commits transactions whose checkpoint is complete, or one after theirs that holds them: those
   * of each writer in the order in which it ended them. Must do nothing for those that are
   * committed already. An exception means that the outcome is unknown: the call is repeated, and in
   * the end the job fails rather than go on.
   */
  void commit(List<C> committables) throws Exception;

  @Override
  void close() throws Exception;

  /**
   * The committer of a sink that writes at once, whose writers prepare nothing.
   *
   * <p>It refuses to be given something with an {@link IllegalStateException}: that would be lost.
   */
  static <C> Committer<C> ofNothing() {
    return new Committer<>() {
      @Override
      public void recover(List<C> prepared) {
        commit(prepared);
      }

      @Override
      public void commit(List<C> committables) {
        if (!committables.isEmpty()) {
          throw new IllegalStateException(
              "A sink that commits nothing is given "
                  + committables.size()
                  + " transactions. Have openCommitter() return a committer for what the writers"
                  + " of the sink prepare, or prepared before the sink was changed.");
        }
      }

      @Override
      public void close() {
        // Nothing is held open.
      }
    };
  }
}
