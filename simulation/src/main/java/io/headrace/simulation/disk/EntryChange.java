package io.headrace.simulation.disk;

import java.util.Map;
import java.util.Optional;

/**
 * A change of the names of a node that is not durable yet: made (added only), deleted (removed
 * only), or renamed (both, which is never torn).
 */
record EntryChange(Node node, Optional<Entry> removed, Optional<Entry> added) {

  /** A name in a directory. */
  record Entry(DirectoryNode directory, String name) {

    Entry copy(Map<Node, Node> copies) {
      return new Entry(directory.copy(copies), name);
    }
  }

  boolean isRename() {
    return removed.isPresent() && added.isPresent();
  }

  boolean touches(DirectoryNode directory) {
    return removed.filter(entry -> entry.directory() == directory).isPresent()
        || added.filter(entry -> entry.directory() == directory).isPresent();
  }

  void applyToCurrent() {
    removed.ifPresent(entry -> entry.directory().current.remove(entry.name(), node));
    added.ifPresent(entry -> entry.directory().current.put(entry.name(), node));
  }

  void applyToDurable() {
    removed.ifPresent(entry -> entry.directory().durable.remove(entry.name(), node));
    added.ifPresent(entry -> entry.directory().durable.put(entry.name(), node));
  }

  /** Removes both names from what is durable. */
  void eraseDurable() {
    removed.ifPresent(entry -> entry.directory().durable.remove(entry.name(), node));
    added.ifPresent(entry -> entry.directory().durable.remove(entry.name(), node));
  }

  EntryChange copy(Map<Node, Node> copies) {
    return new EntryChange(
        node.copy(copies),
        removed.map(entry -> entry.copy(copies)),
        added.map(entry -> entry.copy(copies)));
  }
}
