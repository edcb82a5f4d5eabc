package io.headrace.engine.task;

/** What a stage set aside for a checkpoint at its barrier. */
@FunctionalInterface
interface PendingPart {

  /** Makes it durable and lets go of it. Called once, on a thread that may block. */
  Contribution makeDurable(StateFiles files) throws Exception;

  /**
   * Whether the attempt must end when this cannot be made durable. State can be written again for
   * the next checkpoint; the end of a transaction cannot be taken back.
   */
  default boolean isIrrevocable() {
    return false;
  }

  /** Something that is kept in the manifest, and so has nothing to be made durable by itself. */
  static PendingPart of(Contribution contribution) {
    return files -> contribution;
  }
}
