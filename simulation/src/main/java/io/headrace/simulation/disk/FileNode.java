package io.headrace.simulation.disk;

import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A file: what it holds, what of it is durable, and what happened between. */
final class FileNode implements Node {

  private Content current = new Content();
  private Content durable = new Content();
  private final List<ContentChange> unsynced = new ArrayList<>();
  private final List<SimulatedLock> locks = new ArrayList<>();

  int size() {
    return current.size();
  }

  byte[] durableBytes() {
    return durable.toBytes();
  }

  int read(int offset, ByteBuffer target) {
    return current.read(offset, target);
  }

  void change(ContentChange change) {
    change.applyTo(current);
    unsynced.add(change);
  }

  void force() {
    for (ContentChange change : unsynced) {
      change.applyTo(durable);
    }
    unsynced.clear();
  }

  /**
   * A sync failed: what was not synced is still read, and never becomes durable, whatever a later
   * sync says. So do Linux and others.
   */
  void forceFailed() {
    unsynced.clear();
  }

  boolean isDurable() {
    return current.isSame(durable);
  }

  void losePower(PowerLoss loss) {
    for (ContentChange change : unsynced) {
      loss.apply(change, durable);
    }
    unsynced.clear();
    current = durable.copy();
  }

  /** Changes bits of a byte, as a failing disk does. */
  void flip(int offset, int mask) {
    force();
    current.flip(offset, mask);
    durable.flip(offset, mask);
  }

  /** Changes the size, as a failing disk does. */
  void cut(int size) {
    force();
    current.resize(size);
    durable.resize(size);
  }

  /**
   * Adds a lock.
   *
   * @throws OverlappingFileLockException if a valid lock holds a part of the same range
   */
  void lock(SimulatedLock lock) {
    locks.removeIf(held -> !held.isValid());
    for (SimulatedLock held : locks) {
      if (held.overlaps(lock.position(), lock.size())) {
        throw new OverlappingFileLockException();
      }
    }
    locks.add(lock);
  }

  void forgetLocks() {
    locks.clear();
  }

  @Override
  public FileNode copy(Map<Node, Node> copies) {
    if (copies.get(this) instanceof FileNode known) {
      return known;
    }
    FileNode copy = new FileNode();
    copies.put(this, copy);
    copy.current = current.copy();
    copy.durable = durable.copy();
    copy.unsynced.addAll(unsynced);
    return copy;
  }
}
