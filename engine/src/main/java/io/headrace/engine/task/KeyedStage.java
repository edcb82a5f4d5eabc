package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.api.Context;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.KeyedProcess;
import io.headrace.api.SideOutput;
import io.headrace.checkpoint.StateFile;
import io.headrace.state.KeyedStates;
import io.headrace.state.StatesView;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs a keyed process over its batches, each value with the state of its key. One thread. */
final class KeyedStage implements SnapshotStage, OperatorTask.Head {

  private final CallSite site;
  private final KeyedStates<Object> states;
  private final KeyedProcess<Object, Object, Object> process;
  private final Downstream downstream;
  private final Map<String, Stage> sides;
  private final @Nullable FailureGuard guard;
  private final NavigableMap<CheckpointId, Long> views = new TreeMap<>();
  private final Now now = new Now();

  KeyedStage(
      CallSite site,
      KeyedStates<Object> states,
      KeyedProcess<Object, Object, Object> process,
      Outputs outputs,
      Optional<FailureGuard> guard) {
    this.site = site;
    this.states = states;
    this.process = process;
    this.downstream = new Downstream(now::emittedNull, outputs.main);
    this.sides = outputs.sides;
    this.guard = guard.orElse(null);
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
    now.keys = batch.keys;
    now.values = batch.values;
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
    int i = 0;
    try {
      for (; i < batch.size; i++) {
        now.index = i;
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
    for (int i = 0; i < batch.size; i++) {
      try {
        processOne(batch, i);
      } catch (HeadraceException failure) {
        guarded.putAside(batch.values[i], failure);
        continue;
      }
      guarded.passed();
    }
  }

  private void processOne(Batch batch, int i) {
    if (batch.keys[i] instanceof KeyedOutlet.FailedKey failed) {
      throw failed.failure();
    }
    now.index = i;
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

  @Override
  public PendingPart snapshot(TaskId task, CheckpointId checkpoint) {
    StatesView view = states.view();
    views.put(checkpoint, states.views());
    return new PendingStates(task, site.operator(), view);
  }

  @Override
  public void completed(CheckpointId checkpoint) {
    Long view = views.get(checkpoint);
    if (view != null) {
      states.coveredUpTo(view);
    }
    views.headMap(checkpoint, true).clear();
    tell(listener -> listener.checkpointComplete(checkpoint));
  }

  @Override
  public void aborted(CheckpointId checkpoint) {
    views.remove(checkpoint);
    tell(listener -> listener.checkpointAborted(checkpoint));
  }

  private void tell(Notification notification) {
    try {
      notification.to(process);
    } catch (Exception thrown) {
      throw site.listenerFailed(thrown);
    }
  }

  /**
   * The context of the value being processed: knows its place in the batch, since a reference
   * stored for each value would cost a write barrier.
   */
  private final class Now implements Context<Object, Object> {

    private Object[] keys = {};
    private Object[] values = {};
    private int index;

    RuntimeException emittedNull() {
      return site.failed(UserFunctions.EMITTED_NULL, values[index]);
    }

    @Override
    public Object key() {
      return keys[index];
    }

    @Override
    public void emit(Object value) {
      downstream.emit(value);
    }

    @Override
    public <S> void emit(SideOutput<S> output, S value) {
      Stage side = sides.get(output.name());
      if (side == null) {
        throw new HeadraceException(
                ErrorCode.SIDE_OUTPUT_UNCONNECTED,
                "Operator \""
                    + site.operator()
                    + "\" emitted to its side output \""
                    + output.name()
                    + "\", which nothing takes. Take it with stream.side(...), or do not emit to"
                    + " it.")
            .ofOperator(site.operator());
      }
      downstream.emit(side, value);
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
