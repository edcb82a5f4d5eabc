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
   */
  record Elements(String operator, int task, Map<String, List<byte[]>> elements)
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

    /** The size of the files. */
    public long bytes() {
      return files.values().stream().mapToLong(StateFile::length).sum();
    }

    /** The number of entries in the files. */
    public long entries() {
      return files.values().stream().mapToLong(StateFile::entries).sum();
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
