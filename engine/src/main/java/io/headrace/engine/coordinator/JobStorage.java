package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.StateFiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Where the checkpoints of a run are kept. Calls come from threads that may block, in the order:
 * (recover, (publish, markCommitting, retain)*)*, close, one at a time. Beside them, for
 * checkpoints of the attempt that are not published, come begin, then {@link #files}, and discard
 * when none of these files is written any more.
 */
public interface JobStorage extends AutoCloseable {

  /**
   * Begins an attempt: decides what it starts from.
   *
   * @param random what the storage gets its id from, if it has none yet
   */
  StartPoint recover(long random) throws IOException;

  /** Another number each time that {@link #recover} got on, however much it reads. Any thread. */
  int progress();

  /** Makes room for a checkpoint. */
  void begin(CheckpointId checkpoint) throws IOException;

  /** Where the state files of a checkpoint that has begun are written. Any thread. */
  StateFiles files(CheckpointId checkpoint);

  /** Makes a checkpoint complete; all that it names is durable. */
  void publish(CheckpointId checkpoint, List<Contribution> contributions) throws IOException;

  /** Makes it durable that transactions of these sinks in this checkpoint may be committed. */
  void markCommitting(CheckpointId checkpoint, Set<String> sinks) throws IOException;

  /**
   * Deletes checkpoints that are no longer wanted; what cannot be deleted is left to the next call.
   */
  void retain();

  /** Deletes what there is of a checkpoint that was given up. */
  void discard(CheckpointId checkpoint) throws IOException;

  /** Whether a later attempt can start from what an earlier one stored. */
  boolean isDurable();

  @Override
  void close() throws IOException;
}
