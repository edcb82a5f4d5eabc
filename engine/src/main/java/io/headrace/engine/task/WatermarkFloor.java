package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.OperatorState;
import io.headrace.state.Times;
import java.util.List;

/**
 * Keeps the watermark of an operator with timers in checkpoints, so that after a restart its time
 * does not go back: what was late is late again. With other tasks than before it is the least of
 * theirs. On the thread of the task.
 *
 * <p>That the input had ended is not kept: there may be more of it at the next start.
 */
public final class WatermarkFloor implements SnapshotStage {

  /** The watermark of each task. */
  public static final OperatorState<Long> WATERMARKS =
      OperatorState.union(OperatorLists.OF_THE_ENGINE + "watermark", Long.class);

  private final OperatorLists states;
  private final List<Long> stored;
  private final Track track;

  /**
   * Has a task begin where the checkpoint was.
   *
   * @param states with {@link #WATERMARKS}
   */
  WatermarkFloor(OperatorLists states, Track track) {
    this.states = states;
    this.stored = states.elements(WATERMARKS);
    this.track = track;
    track.watermark(stored.stream().mapToLong(Long::longValue).min().orElse(Times.NO_WATERMARK));
  }

  @Override
  public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
    stored.clear();
    stored.add(track.watermarkBeforeEnd());
    return states.snapshot(task, checkpoint);
  }
}
