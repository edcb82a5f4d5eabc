package io.headrace.simulation.disk;

import io.headrace.simulation.disk.EntryChange.Entry;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All directories and files of a disk, and the changes of names that are not durable yet. */
final class Tree {

  private final DirectoryNode root;
  private final List<EntryChange> unsynced = new ArrayList<>();

  Tree() {
    this(new DirectoryNode());
  }

  private Tree(DirectoryNode root) {
    this.root = root;
  }

  Tree copy() {
    Map<Node, Node> copies = new IdentityHashMap<>();
    Tree copy = new Tree(root.copy(copies));
    for (EntryChange change : unsynced) {
      copy.unsynced.add(change.copy(copies));
    }
    return copy;
  }

  /**
   * The node of a path, if there is one.
   *
   * @throws NoSuchFileException if a directory on the way is missing
   * @throws FileSystemException if something on the way is no directory
   */
  Optional<Node> find(SimulatedPath path) throws FileSystemException {
    SimulatedPath wanted = path.toAbsolutePath().normalize();
    if (wanted.getNameCount() == 0) {
      return Optional.of(root);
    }
    Entry entry = entry(wanted);
    return Optional.ofNullable(entry.directory().current.get(entry.name()));
  }

  /**
   * The node of a path.
   *
   * @throws NoSuchFileException if there is none
   * @throws FileSystemException if something on the way is no directory
   */
  Node require(SimulatedPath path) throws FileSystemException {
    Optional<Node> found = find(path);
    if (found.isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
    return found.get();
  }

  /**
   * Where the name of a path is, or would be.
   *
   * @throws NoSuchFileException if a directory on the way is missing
   * @throws FileSystemException if something on the way is no directory, or the path is the root
   */
  Entry entry(SimulatedPath path) throws FileSystemException {
    List<String> names = path.toAbsolutePath().normalize().names();
    if (names.isEmpty()) {
      throw new FileSystemException(path.toString(), "", "Device or resource busy");
    }
    DirectoryNode directory = root;
    for (String name : names.subList(0, names.size() - 1)) {
      Optional<Node> next = Optional.ofNullable(directory.current.get(name));
      if (next.isEmpty()) {
        throw new NoSuchFileException(path.toString());
      }
      if (!(next.get() instanceof DirectoryNode below)) {
        throw new FileSystemException(path.toString(), "", "Not a directory");
      }
      directory = below;
    }
    return new Entry(directory, names.get(names.size() - 1));
  }

  void add(Entry entry, Node node) {
    change(new EntryChange(node, Optional.empty(), Optional.of(entry)));
  }

  void remove(Entry entry, Node node) {
    change(new EntryChange(node, Optional.of(entry), Optional.empty()));
  }

  void rename(Entry from, Entry to, Node node) {
    Optional<Node> replaced = Optional.ofNullable(to.directory().current.get(to.name()));
    replaced.filter(DirectoryNode.class::isInstance).ifPresent(empty -> remove(to, empty));
    change(new EntryChange(node, Optional.of(from), Optional.of(to)));
  }

  private void change(EntryChange change) {
    change.applyToCurrent();
    unsynced.add(change);
  }

  /** Makes the names in a directory durable, and what they need. */
  void force(DirectoryNode directory) {
    settle(change -> change.touches(directory));
  }

  private void settle(Predicate<EntryChange> chosen) {
    Needed needed = new Needed();
    Deque<EntryChange> kept = new ArrayDeque<>();
    Deque<EntryChange> rest = new ArrayDeque<>();
    for (int i = unsynced.size() - 1; i >= 0; i--) {
      EntryChange change = unsynced.get(i);
      if (needed.needs(change) || chosen.test(change)) {
        needed.keep(change);
        kept.addFirst(change);
      } else {
        rest.addFirst(change);
      }
    }
    kept.forEach(EntryChange::applyToDurable);
    unsynced.clear();
    unsynced.addAll(rest);
  }

  boolean isDurable() {
    return unsynced.isEmpty() && isDurable(root);
  }

  private static boolean isDurable(DirectoryNode directory) {
    for (Node node : directory.current.values()) {
      boolean is =
          node instanceof FileNode file ? file.isDurable() : isDurable((DirectoryNode) node);
      if (!is) {
        return false;
      }
    }
    return true;
  }

  void losePower(PowerLoss loss) {
    settle(change -> loss.keeps());
    unsynced.clear();
    restart(root, loss);
  }

  private static void restart(DirectoryNode directory, PowerLoss loss) {
    directory.current.clear();
    directory.current.putAll(directory.durable);
    for (Node node : directory.durable.values()) {
      if (node instanceof DirectoryNode below) {
        restart(below, loss);
      } else if (node instanceof FileNode file) {
        file.losePower(loss);
      }
    }
  }

  void forgetLocks() {
    forgetLocks(root);
  }

  private static void forgetLocks(DirectoryNode directory) {
    for (Node node : directory.current.values()) {
      if (node instanceof DirectoryNode below) {
        forgetLocks(below);
      } else if (node instanceof FileNode file) {
        file.forgetLocks();
      }
    }
  }

  /** Removes every name of a node, durable or not, as a failing disk does. */
  void erase(Entry entry, Node node) {
    for (EntryChange change : unsynced) {
      if (change.node() == node) {
        change.eraseDurable();
      }
    }
    unsynced.removeIf(change -> change.node() == node);
    entry.directory().current.remove(entry.name(), node);
    entry.directory().durable.remove(entry.name(), node);
  }

  /** The durable content of every file that has a durable name, by path. */
  SortedMap<String, byte[]> durable() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    collect(root, "", files);
    return files;
  }

  private static void collect(
      DirectoryNode directory, String prefix, SortedMap<String, byte[]> files) {
    directory.durable.forEach(
        (name, node) -> {
          if (node instanceof DirectoryNode below) {
            collect(below, prefix + "/" + name, files);
          } else if (node instanceof FileNode file) {
            files.put(prefix + "/" + name, file.durableBytes());
          }
        });
  }
}
