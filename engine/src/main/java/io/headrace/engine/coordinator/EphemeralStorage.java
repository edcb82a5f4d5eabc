package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.checkpoint.Manifest;
import io.headrace.codec.HashRange;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.Restored;
import io.headrace.engine.task.StateFiles;
import io.headrace.state.KeyedStates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps nothing: checkpoints of a job without a directory only say when to commit. Such a job
 * starts empty and ends with its first failure.
 */
public final class EphemeralStorage implements JobStorage {

  @Override
  public StartPoint recover(long random) {
    return new StartPoint(
        "%016x".formatted(random),
        1,
        new CheckpointId(1),
        Optional.empty(),
        new Nothing(),
        Map.of());
  }

  @Override
  public int progress() {
    return 0;
  }

  @Override
  public void begin(CheckpointId checkpoint) {
    // There is no folder.
  }

  @Override
  public StateFiles files(CheckpointId checkpoint) {
    return (task, operator, state) -> Optional.empty();
  }

  @Override
  public void publish(CheckpointId checkpoint, List<Contribution> contributions) {
    // There is no manifest.
  }

  @Override
  public void markCommitting(CheckpointId checkpoint, Set<String> sinks) {
    // There is nothing that could be restored below the commit.
  }

  @Override
  public void retain() {
    // There is nothing to delete.
  }

  @Override
  public void discard(CheckpointId checkpoint) {
    // There is nothing to delete.
  }

  @Override
  public boolean isDurable() {
    return false;
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  /** A job that starts empty. */
  record Nothing() implements Restored {

    @Override
    public int percent() {
      return 100;
    }

    @Override
    public long entries() {
      return 0;
    }

    @Override
    public long bytes() {
      return 0;
    }

    @Override
    public List<Manifest.Position> positions(String source) {
      return List.of();
    }

    @Override
    public List<byte[]> elements(String operator, String state) {
      return List.of();
    }

    @Override
    public void readState(String operator, KeyedStates<?> states, HashRange range) {
      // State starts empty.
    }

    @Override
    public void giveUp() {
      // Nothing is read.
    }
  }
}
