package io.headrace.engine.task;

import io.headrace.api.BroadcastContext;
import io.headrace.api.BroadcastState;
import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.api.TimeDomain;
import io.headrace.api.WritableBroadcastState;
import io.headrace.api.plan.Processing;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.Millis;
import io.headrace.state.BroadcastMaps;
import io.headrace.state.EntryDigest;
import io.headrace.state.StatesView;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a keyed process that also takes a broadcast stream: lets values of that write
 * broadcast state, and all else read it. One thread.
 *
 * <p>Every task has a copy of the state, and all are the same at a barrier. So the first task
 * writes it to checkpoints, and all restore it; the others tell a digest of theirs.
 */
final class BroadcastStage implements SnapshotStage, OperatorTask.Head {

  private final KeyedStage keyed;
  private final BroadcastMaps maps;
  private final Side side;
  private final @Nullable FailureGuard guard;
  private final Views views;
  private final BroadcastContext now = new Now();

  BroadcastStage(KeyedStage keyed, BroadcastMaps maps, Side side, Optional<FailureGuard> guard) {
    this.keyed = keyed;
    this.maps = maps;
    this.side = side;
    this.guard = guard.orElse(null);
    this.views = new Views(maps.tables());
  }

  /**
   * What takes the values that are broadcast.
   *
   * @param stream which of the operator's streams they are
   * @param isFirst whether this is the first task: what they lead to is told once
   */
  record Side(CallSite site, Processing.OnBroadcast process, int stream, boolean isFirst) {}

  @Override
  public boolean mustWait(int values) {
    return keyed.mustWait(values) || maps.tables().shouldWait(values);
  }

  @Override
  public void process(Batch batch) {
    if (batch.stream == side.stream) {
      takeAll(batch);
      return;
    }
    maps.enter(false);
    try {
      keyed.process(batch);
    } finally {
      maps.commit();
    }
  }

  @Override
  public boolean isDue(TimeDomain domain) {
    return keyed.isDue(domain);
  }

  @Override
  public TaskTime.Due fire(TimeDomain domain) {
    maps.enter(false);
    try {
      return keyed.fire(domain);
    } finally {
      maps.commit();
    }
  }

  private void takeAll(Batch batch) {
    Track track = side.site.track();
    track.stream(batch.stream);
    for (int i = 0; i < batch.size; i++) {
      track.happened(batch.isTimed() ? batch.timestamps[i] : Track.NO_TIMESTAMP);
      take(batch.values[i]);
    }
  }

  private void take(Object value) {
    maps.enter(true);
    try {
      side.process.processBroadcast(value, now);
      maps.commit();
    } catch (Exception thrown) {
      maps.undo();
      putAside(value, side.site.failed("processBroadcast", value, thrown));
    }
  }

  /** Every task fails on the value alike. */
  private void putAside(Object value, HeadraceException failure) {
    if (guard == null) {
      throw failure;
    }
    if (side.isFirst) {
      guard.putAside(value, failure);
    } else {
      guard.drop(failure);
    }
  }

  private final class Now implements BroadcastContext {

    @Override
    public Optional<Instant> timestamp() {
      long timestamp = side.site.track().timestamp();
      return timestamp == Track.NO_TIMESTAMP
          ? Optional.empty()
          : Optional.of(Millis.time(timestamp));
    }

    @Override
    public <M, V> WritableBroadcastState<M, V> writable(BroadcastState<M, V> state) {
      return maps.writable(state);
    }
  }

  // Snapshots

  @Override
  public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
    return new PendingMaps(
        new TaskId(side.site.operator(), task.index()), side.isFirst, views.take(checkpoint));
  }

  @Override
  public void completed(CheckpointId checkpoint) {
    views.completed(checkpoint);
  }

  @Override
  public void aborted(CheckpointId checkpoint) {
    views.aborted(checkpoint);
  }

  private record PendingMaps(TaskId task, boolean isFirst, StatesView view) implements PendingPart {

    @Override
    public Contribution makeDurable(StateFiles files) throws Exception {
      try (view) {
        Map<String, StateFile> written = new TreeMap<>();
        Map<String, Long> digests = new TreeMap<>();
        for (StatesView.State state : view.states()) {
          digests.put(state.name(), EntryDigest.of(state));
          if (isFirst) {
            files
                .write(task, task.operators(), state)
                .ifPresent(file -> written.put(state.name(), file));
          }
        }
        return new Contribution.BroadcastState(task.operators(), task.index(), written, digests);
      }
    }
  }
}
