package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import java.util.ArrayList;
import java.util.List;

/** The stages of a task that matter to checkpoints, and its outlets. One thread. */
final class Chain {

  private final List<SnapshotStage> stages;
  private final List<Outlet> outlets;

  Chain(List<SnapshotStage> stages, List<Outlet> outlets) {
    this.stages = List.copyOf(stages);
    this.outlets = List.copyOf(outlets);
  }

  /** Sends what waits for full edges. Returns whether the task may take input. */
  boolean clear() {
    boolean isClear = true;
    for (Outlet outlet : outlets) {
      isClear &= outlet.lanes().clear();
    }
    return isClear;
  }

  /** How many items wait for the full edge where the most do. */
  int mostWaiting() {
    int most = 0;
    for (Outlet outlet : outlets) {
      most = Math.max(most, outlet.lanes().mostWaiting());
    }
    return most;
  }

  void flushToIdle() {
    for (Outlet outlet : outlets) {
      outlet.flushToIdle();
    }
  }

  void sendToAll(Item item) {
    for (Outlet outlet : outlets) {
      outlet.sendToAll(item);
    }
  }

  List<PendingPart> snapshot(TaskId task, CheckpointId checkpoint) {
    List<PendingPart> parts = new ArrayList<>();
    for (SnapshotStage stage : stages) {
      parts.add(stage.snapshot(task, checkpoint));
    }
    return parts;
  }

  boolean endsTransactions() {
    return stages.stream().anyMatch(SnapshotStage::endsTransactions);
  }

  void aborted(CheckpointId checkpoint) {
    for (SnapshotStage stage : stages) {
      stage.aborted(checkpoint);
    }
  }

  void completed(CheckpointId checkpoint) {
    for (SnapshotStage stage : stages) {
      stage.completed(checkpoint);
    }
  }
}
