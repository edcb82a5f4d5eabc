package io.headrace.simulation.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A change of directory entries that happens as a whole: creation, deletion, renaming. */
final class EntryChange {

  private final List<Entry> entries = new ArrayList<>();

  private record Entry(DiskDirectory directory, String name, Optional<DiskNode> node) {}

  EntryChange put(DiskDirectory directory, String name, DiskNode node) {
    entries.add(new Entry(directory, name, Optional.of(node)));
    return this;
  }

  EntryChange remove(DiskDirectory directory, String name) {
    entries.add(new Entry(directory, name, Optional.empty()));
    return this;
  }

  boolean touches(DiskDirectory directory) {
    return entries.stream().anyMatch(entry -> entry.directory() == directory);
  }

  void show() {
    for (Entry entry : entries) {
      entry
          .node()
          .ifPresentOrElse(
              node -> entry.directory().entries().put(entry.name(), node),
              () -> entry.directory().entries().remove(entry.name()));
    }
  }

  void makeDurable() {
    for (Entry entry : entries) {
      entry
          .node()
          .ifPresentOrElse(
              node -> entry.directory().durable().put(entry.name(), node),
              () -> entry.directory().durable().remove(entry.name()));
    }
  }
}
