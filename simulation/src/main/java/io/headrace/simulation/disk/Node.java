package io.headrace.simulation.disk;

import java.util.Map;

/** A file or a directory, whatever its name is. Compared by identity. */
sealed interface Node permits FileNode, DirectoryNode {

  /** Copies this and everything below, each node once. */
  Node copy(Map<Node, Node> copies);
}
