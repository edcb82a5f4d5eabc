package io.headrace.engine;

import io.headrace.api.CheckpointId;
import io.headrace.engine.coordinator.JobStorage;
import io.headrace.engine.coordinator.StartPoint;
import io.headrace.engine.task.Contribution;
import io.headrace.engine.task.StateFiles;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/** Another storage, and a hook that is called before some steps, on the threads that take them. */
record HookedStorage(JobStorage storage, Hook hook) implements JobStorage {

  /** What a storage is asked to do. */
  enum Step {
    BEGIN,
    WRITE,
    PUBLISH,
    MARK
  }

  /** Is called before each step. */
  @FunctionalInterface
  interface Hook {
    void before(Step step) throws IOException;
  }

  @Override
  public StartPoint recover(long random) throws IOException {
    return storage.recover(random);
  }

  @Override
  public int progress() {
    return storage.progress();
  }

  @Override
  public void begin(CheckpointId checkpoint) throws IOException {
    hook.before(Step.BEGIN);
    storage.begin(checkpoint);
  }

  @Override
  public StateFiles files(CheckpointId checkpoint) {
    return (task, operator, state) -> {
      hook.before(Step.WRITE);
      return storage.files(checkpoint).write(task, operator, state);
    };
  }

  @Override
  public void publish(CheckpointId checkpoint, List<Contribution> contributions)
      throws IOException {
    hook.before(Step.PUBLISH);
    storage.publish(checkpoint, contributions);
  }

  @Override
  public void markCommitting(CheckpointId checkpoint, Set<String> sinks) throws IOException {
    hook.before(Step.MARK);
    storage.markCommitting(checkpoint, sinks);
  }

  @Override
  public void retain() {
    storage.retain();
  }

  @Override
  public void discard(CheckpointId checkpoint) throws IOException {
    storage.discard(checkpoint);
  }

  @Override
  public boolean isDurable() {
    return storage.isDurable();
  }

  @Override
  public void close() throws IOException {
    storage.close();
  }
}
