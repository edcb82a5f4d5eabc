package io.headrace.simulation;

import io.headrace.api.OperatorState;
import io.headrace.api.OperatorStates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Operator state in plain lists, which nobody looks at. One thread. */
final class PlainLists implements OperatorStates {

  private final Map<String, List<Object>> byState = new HashMap<>();

  @Override
  @SuppressWarnings("unchecked") // Only elements of the type are put.
  public <V> List<V> elements(OperatorState<V> state) {
    return (List<V>) byState.computeIfAbsent(state.name(), any -> new ArrayList<>());
  }
}
