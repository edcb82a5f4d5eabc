package io.headrace.engine.task;

import io.headrace.checkpoint.Manifest;
import io.headrace.checkpoint.StateFile;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one operator of one task adds to a checkpoint. */
public sealed interface Contribution {

  /** The operator's name. */
  String operator();

  /** The file of each state that it has written. */
  default Map<String, StateFile> files() {
    return Map.of();
  }

  /**
   * Where a source stands.
   *
   * @param positions one of each split of the task
   */
  record Positions(String operator, List<Manifest.Position> positions) implements Contribution {
    /** Copies the list. */
    public Positions {
      positions = List.copyOf(positions);
    }
  }

  /**
   * The operator state of a source or sink.
   *
   * @param task which of its tasks holds it
   * @param elements encoded, of each state
   * @param isAnswering whether somebody could remove what the task does not answer for: of states
   *     whose elements are given to every task, it still holds all if nobody could
   */
  record Elements(
      String operator, int task, Map<String, List<byte[]>> elements, boolean isAnswering)
      implements Contribution {
    /** Copies the map. */
    public Elements {
      elements = new TreeMap<>(elements);
    }
  }

  /**
   * The keyed state of a process.
   *
   * @param files the file of each state
   */
  record KeyedState(String operator, Map<String, StateFile> files) implements Contribution {
    /** Copies the map. */
    public KeyedState {
      files = new TreeMap<>(files);
    }
  }

  /**
   * The broadcast state of a process, of which all tasks have the same.
   *
   * @param task which of its tasks holds it
   * @param files the file of each state, from the first task; none from the others
   * @param digests a number that follows from the contents, of each state
   */
  record BroadcastState(
      String operator, int task, Map<String, StateFile> files, Map<String, Long> digests)
      implements Contribution {
    /** Copies the maps. */
    public BroadcastState {
      files = new TreeMap<>(files);
      digests = new TreeMap<>(digests);
    }
  }

  /**
   * What a sink prepared.
   *
   * @param committables encoded
   */
  record Transactions(String operator, List<byte[]> committables) implements Contribution {
    /** Copies the list. */
    public Transactions {
      committables = List.copyOf(committables);
    }
  }
}
