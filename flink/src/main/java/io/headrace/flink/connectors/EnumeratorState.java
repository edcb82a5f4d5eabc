package io.headrace.flink.connectors;

import java.util.List;

/**
 * What is known of the splits of a source.
 *
 * @param known the names of those that were found
 * @param unassigned those of them that no reader has
 */
public record EnumeratorState(List<String> known, List<SplitState> unassigned) {

  /** Copies the lists. */
  public EnumeratorState {
    known = List.copyOf(known);
    unassigned = List.copyOf(unassigned);
  }
}
