package io.headrace.engine.coordinator;

import io.headrace.api.CheckpointId;
import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.engine.task.Contribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether all tasks of an operator have the same broadcast state at a checkpoint. */
final class BroadcastDigests {

  private BroadcastDigests() {}

  /** What to throw if some have not; with barriers that were aligned they must. */
  static Optional<HeadraceException> difference(
      CheckpointId checkpoint, List<Contribution> contributions) {
    List<Contribution.BroadcastState> parts = new ArrayList<>();
    for (Contribution contribution : contributions) {
      if (contribution instanceof Contribution.BroadcastState part) {
        parts.add(part);
      }
    }
    parts.sort(Comparator.comparing(Contribution.BroadcastState::task));
    Map<String, Contribution.BroadcastState> firsts = new HashMap<>();
    for (Contribution.BroadcastState part : parts) {
      Contribution.BroadcastState first = firsts.putIfAbsent(part.operator(), part);
      if (first != null && !first.digests().equals(part.digests())) {
        return Optional.of(differs(checkpoint, first, part));
      }
    }
    return Optional.empty();
  }

  private static HeadraceException differs(
      CheckpointId checkpoint,
      Contribution.BroadcastState first,
      Contribution.BroadcastState other) {
    List<String> states =
        first.digests().entrySet().stream()
            .filter(state -> !state.getValue().equals(other.digests().get(state.getKey())))
            .map(state -> "\"" + state.getKey() + "\"")
            .toList();
    return new HeadraceException(
            ErrorCode.BROADCAST_STATE_DIFFERS,
            "At checkpoint "
                + checkpoint
                + ", tasks "
                + first.task()
                + " and "
                + other.task()
                + " of operator \""
                + first.operator()
                + "\" have different broadcast state "
                + String.join(", ", states)
                + ", although the same values were broadcast to both. Have processBroadcast(...)"
                + " write what follows from the value and from broadcast state alone: not from"
                + " the clock, from chance, from fields of the process or from the order of a"
                + " hash map.")
        .ofOperator(first.operator());
  }
}
