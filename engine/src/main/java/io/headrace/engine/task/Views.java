package io.headrace.engine.task;

import io.headrace.api.CheckpointId;
import io.headrace.state.KeyedStates;
import io.headrace.state.StatesView;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which views of some state belong to which checkpoints. One thread. */
final class Views {

  private final KeyedStates<?> states;
  private final NavigableMap<CheckpointId, Long> numbers = new TreeMap<>();

  Views(KeyedStates<?> states) {
    this.states = states;
  }

  /** A view of the state as it is now, for a checkpoint. */
  StatesView take(CheckpointId checkpoint) {
    StatesView view = states.view();
    numbers.put(checkpoint, states.views());
    return view;
  }

  /** A checkpoint is complete: later views need to tell only what changed since. */
  void completed(CheckpointId checkpoint) {
    Long view = numbers.get(checkpoint);
    if (view != null) {
      states.coveredUpTo(view);
    }
    numbers.headMap(checkpoint, true).clear();
  }

  /** A checkpoint was given up. */
  void aborted(CheckpointId checkpoint) {
    numbers.remove(checkpoint);
  }
}
