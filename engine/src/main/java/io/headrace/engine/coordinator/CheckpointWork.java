package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.engine.task.CheckpointStep;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.RunListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What is done for a checkpoint on threads that may block, but for the parts of the tasks. */
record CheckpointWork(JobStorage storage, Sinks sinks, RunListener listener) {

  void begin(CheckpointId id) throws IOException {
    storage.begin(id);
  }

  void publish(CheckpointId id, List<Contribution> contents) throws IOException {
    storage.publish(id, contents);
    listener.on(CheckpointStep.COMPLETE, "coordinator", id);
  }

  /**
   * Commits what a complete checkpoint holds and deletes old ones.
   *
   * @param prepared the encoded committables of each sink
   * @param self the call that this is done in
   */
  void commit(CheckpointId id, Map<String, List<byte[]>> prepared, Call self) throws Exception {
    if (!prepared.isEmpty()) {
      storage.markCommitting(id, prepared.keySet());
      listener.on(CheckpointStep.COMMITTING, "coordinator", id);
      sinks.commit(id, prepared, self);
    }
    self.at(Call.Step.ofCheckpoint("The deletion of checkpoints older than " + id));
    storage.retain();
    listener.on(CheckpointStep.DONE, "coordinator", id);
  }

  void discard(CheckpointId id) throws IOException {
    storage.discard(id);
  }
}
