package io.headrace.simulation.disk;

import java.util.Map;
import java.util.TreeMap;

/** A directory: the names that it has, and the names that are durable. */
final class DirectoryNode implements Node {

  final TreeMap<String, Node> current = new TreeMap<>();
  final TreeMap<String, Node> durable = new TreeMap<>();

  @Override
  public DirectoryNode copy(Map<Node, Node> copies) {
    if (copies.get(this) instanceof DirectoryNode known) {
      return known;
    }
    DirectoryNode copy = new DirectoryNode();
    copies.put(this, copy);
    current.forEach((name, node) -> copy.current.put(name, node.copy(copies)));
    durable.forEach((name, node) -> copy.durable.put(name, node.copy(copies)));
    return copy;
  }
}
