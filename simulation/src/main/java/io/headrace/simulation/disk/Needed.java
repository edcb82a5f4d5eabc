package io.headrace.simulation.disk;

import io.headrace.simulation.disk.EntryChange.Entry;
import java.util.HashSet;
import java.util.Set;

/**
 * What the kept changes of names need, going from the last change to the first: a change is kept
 * with every earlier one of the same name, and so of the same node, whose changes go from name to
 * name. A rename needs its new directory, and the deletion of a directory needs whatever took the
 * entries away; else a file that was durable all the time could be lost.
 */
final class Needed {

  private final Set<Node> parents = new HashSet<>();
  private final Set<Node> emptied = new HashSet<>();
  private final Set<Entry> names = new HashSet<>();

  boolean needs(EntryChange change) {
    return parents.contains(change.node())
        || change.removed().filter(this::needs).isPresent()
        || change.added().filter(this::needs).isPresent();
  }

  private boolean needs(Entry entry) {
    return names.contains(entry) || emptied.contains(entry.directory());
  }

  void keep(EntryChange change) {
    if (change.isRename() || parents.contains(change.node())) {
      change.added().ifPresent(entry -> parents.add(entry.directory()));
    }
    if (change.added().isEmpty() && change.node() instanceof DirectoryNode) {
      emptied.add(change.node());
    }
    change.removed().ifPresent(names::add);
    change.added().ifPresent(names::add);
  }
}
