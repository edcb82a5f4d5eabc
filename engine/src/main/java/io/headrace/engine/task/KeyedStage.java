package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeyedProcess;
import io.headrace.api.TimeDomain;
import io.headrace.api.plan.Processing;
import io.headrace.checkpoint.StateFile;
import io.headrace.codec.Millis;
import io.headrace.state.Firing;
import io.headrace.state.KeyedStates;
import io.headrace.state.StatesView;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs a keyed process over its batches, each value with the state of its key. One thread. */
final class KeyedStage implements SnapshotStage, OperatorTask.Head {

  /** So many fire at once, at most: as many as a batch has values. */
  private static final int MOST_TIMERS = Batch.CAPACITY;

  private static final Object[] NO_VALUES = {};

  private final CallSite site;
  private final KeyedStates<Object> states;
  private final Processing processing;
  private final Downstream downstream;
  private final @Nullable FailureGuard guard;
  private final @Nullable Firing<Object> firing;
  private final Track track;
  private final Views views;
  private final ProcessContext now;

  KeyedStage(
      CallSite site,
      KeyedStates<Object> states,
      Processing processing,
      Outputs outputs,
      Optional<FailureGuard> guard) {
    this.site = site;
    this.states = states;
    this.processing = processing;
    this.guard = guard.orElse(null);
    this.firing = states.firing().orElse(null);
    this.track = site.track();
    this.views = new Views(states);
    this.now = new ProcessContext(site, outputs);
    this.downstream = now.downstream();
  }

  /** Where a process emits to. */
  record Outputs(Stage main, Map<String, Stage> sides) {
    /** Copies the map. */
    Outputs {
      sides = Map.copyOf(sides);
    }
  }

  @Override
  public boolean mustWait(int values) {
    return states.shouldWait(values);
  }

  @Override
  public void process(Batch batch) {
    now.begin(batch.keys, batch.values);
    track.stream(batch.stream);
    states.begin(batch.keys, batch.hashes, batch.size);
    try {
      if (guard == null) {
        processAll(batch);
      } else {
        processEach(batch, guard);
      }
    } finally {
      states.leave();
    }
  }

  private void processAll(Batch batch) {
    KeyedProcess<Object, Object, Object> process = processing.byStream().get(batch.stream);
    boolean isTimed = batch.isTimed();
    int i = 0;
    try {
      for (; i < batch.size; i++) {
        now.at(i);
        if (isTimed) {
          track.happened(batch.timestamps[i]);
        }
        states.enter(i);
        process.process(batch.values[i], now);
      }
    } catch (Exception thrown) {
      downstream.rethrow();
      throw site.failed("process", batch.values[i], thrown);
    }
    downstream.rethrow();
  }

  private void processEach(Batch batch, FailureGuard guarded) {
    KeyedProcess<Object, Object, Object> process = processing.byStream().get(batch.stream);
    for (int i = 0; i < batch.size; i++) {
      try {
        processOne(process, batch, i);
      } catch (HeadraceException failure) {
        guarded.putAside(batch.values[i], failure);
        continue;
      }
      guarded.passed();
    }
  }

  private void processOne(KeyedProcess<Object, Object, Object> process, Batch batch, int i) {
    if (batch.keys[i] instanceof KeyedOutlet.FailedKey failed) {
      throw failed.failure();
    }
    now.at(i);
    if (batch.isTimed()) {
      track.happened(batch.timestamps[i]);
    }
    try {
      states.enter(i);
      process.process(batch.values[i], now);
      downstream.rethrow();
      states.commit();
    } catch (Exception thrown) {
      states.undo();
      downstream.rethrow();
      throw site.failed("process", batch.values[i], thrown);
    }
  }

  // Timers

  @Override
  public boolean isDue(TimeDomain domain) {
    return firing != null && firing.isDue(domain);
  }

  @Override
  public TaskTime.Due fire(TimeDomain domain) {
    if (firing == null) {
      return TaskTime.Due.NOTHING;
    }
    if (states.shouldWait(MOST_TIMERS)) {
      return TaskTime.Due.MUST_WAIT;
    }
    track.now(Provenance.UNKNOWN);
    now.begin(firing.keys(), NO_VALUES);
    try {
      long until = firing.until(domain);
      for (int i = 0; i < MOST_TIMERS && firing.next(domain) <= until; i++) {
        fire(firing, domain);
      }
    } finally {
      states.leave();
    }
    return TaskTime.Due.FIRED;
  }

  private void fire(Firing<Object> timers, TimeDomain domain) {
    if (!timers.enter(domain)) {
      return;
    }
    if (guard == null) {
      onTimer(timers, domain);
      return;
    }
    try {
      onTimer(timers, domain);
    } catch (HeadraceException failure) {
      guard.putTimerAside(Millis.time(timers.time()), timers.key(), failure);
      return;
    }
    guard.passed();
  }

  private void onTimer(Firing<Object> timers, TimeDomain domain) {
    now.fires(domain);
    track.happened(domain == TimeDomain.EVENT_TIME ? timers.time() : Track.NO_TIMESTAMP);
    try {
      processing.onTimer().onTimer(Millis.time(timers.time()), now);
      downstream.rethrow();
      if (guard != null) {
        states.commit();
      }
    } catch (Exception thrown) {
      if (guard != null) {
        states.undo();
      }
      downstream.rethrow();
      throw site.timerFailed(timers, thrown);
    }
  }

  // Snapshots

  @Override
  public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
    return new PendingStates(task, site.operator(), views.take(checkpoint));
  }

  @Override
  public void completed(CheckpointId checkpoint) {
    views.completed(checkpoint);
    tell(listener -> listener.checkpointComplete(checkpoint));
  }

  @Override
  public void aborted(CheckpointId checkpoint) {
    views.aborted(checkpoint);
    tell(listener -> listener.checkpointAborted(checkpoint));
  }

  private void tell(Notification notification) {
    try {
      notification.to(processing.made());
    } catch (Exception thrown) {
      throw site.listenerFailed(thrown);
    }
  }

  private record PendingStates(TaskId task, String operator, StatesView view)
      implements PendingPart {

    @Override
    public Contribution makeDurable(StateFiles files) throws Exception {
      try (view) {
        Map<String, StateFile> written = new TreeMap<>();
        for (StatesView.State state : view.states()) {
          files.write(task, operator, state).ifPresent(file -> written.put(state.name(), file));
        }
        return new Contribution.KeyedState(operator, written);
      }
    }
  }
}
