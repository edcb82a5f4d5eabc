package io.headrace.simulation.disk;

import java.util.Map;
import java.util.TreeMap;

/** A directory: its entries as programs see them, and as they are durable. */
final class DiskDirectory implements DiskNode {

  private Map<String, DiskNode> entries = new TreeMap<>();
  private final Map<String, DiskNode> durable = new TreeMap<>();

  Map<String, DiskNode> entries() {
    return entries;
  }

  Map<String, DiskNode> durable() {
    return durable;
  }

  /** Shows what is durable. */
  void revert() {
    entries = new TreeMap<>(durable);
  }
}
