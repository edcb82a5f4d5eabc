package io.headrace.simulation.disk;

import io.headrace.simulation.disk.DiskOperation.Kind;
import io.headrace.simulation.disk.EntryChange.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/**
 * A disk in memory that keeps only what was synced: the content of a file by {@code
 * FileChannel.force}, the names in a directory by {@code force} of a channel that is open on the
 * directory. Everything else may or may not survive {@link #crash}, as the seed says; real file
 * systems are kinder.
 *
 * <p>For one thread; other threads break nothing, yet make a run impossible to repeat.
 */
public final class SimulatedDisk {

  private final SimulatedFileSystem fileSystem = new SimulatedFileSystem(this);
  private final Dice dice;
  private final Tree tree;
  private DiskListener listener = new DiskListener() {};
  private boolean losesNothing;
  private boolean tears;
  private long operations;
  private long traceHash;
  private long crashes;
  private final Set<SimulatedChannel> channels = new LinkedHashSet<>();

  /** An empty disk; the seed decides what each loss of power destroys. */
  public SimulatedDisk(long seed) {
    this(new Dice(Dice.mix(seed)), new Tree());
  }

  private SimulatedDisk(Dice dice, Tree tree) {
    this.dice = dice;
    this.tree = tree;
  }

  /** The root directory; it is always there. */
  public Path root() {
    return fileSystem.root();
  }

  /**
   * Cuts the power: what was not synced is kept, lost or torn. Every open channel is dead from then
   * on and every lock is gone. The disk goes on with what was kept.
   */
  public synchronized void crash() {
    crashes++;
    tears = false;
    channels.clear();
    if (!losesNothing) {
      tree.losePower(PowerLoss.random(dice));
    }
  }

  /**
   * Says whether {@link #crash} only kills the process: channels and locks go, content stays. What
   * was not synced is still not durable then, and a later loss of power may take it.
   */
  public synchronized void losesNothing(boolean nothing) {
    losesNothing = nothing;
  }

  /**
   * Lets a listener see every operation from now on.
   *
   * @return the one that saw them before
   */
  public synchronized DiskListener listener(DiskListener newListener) {
    DiskListener before = listener;
    listener = newListener;
    return before;
  }

  /**
   * Lets go of all locks behind their holders' backs, as a file server does with those of a client
   * that it has not heard of for too long: they keep nobody out any more, and look valid to the
   * holders.
   */
  public synchronized void forgetLocks() {
    tree.forgetLocks();
  }

  /**
   * Lets the next write, or the one that {@link DiskListener#before} is told of now, reach the disk
   * only in part. It returns how many bytes it wrote, unless {@link DiskListener#after} throws.
   */
  public synchronized void tearNext() {
    tears = true;
  }

  synchronized void opened(SimulatedChannel channel) {
    channels.add(channel);
  }

  synchronized void closed(SimulatedChannel channel) {
    channels.remove(channel);
  }

  /** The files whose channels are open, in the order in which they were opened. */
  public synchronized List<Path> open() {
    return channels.stream().map(SimulatedChannel::path).toList();
  }

  /** How many operations there were. */
  public synchronized long operations() {
    return operations;
  }

  /** A hash of the kind, path and size of every operation so far. */
  public synchronized long traceHash() {
    return traceHash;
  }

  /**
   * The content of every file, by its absolute path, that a loss of power now would leave if it
   * kept nothing that is not synced. A copy.
   */
  public synchronized SortedMap<String, byte[]> durableView() {
    return tree.durable();
  }

  /**
   * Flips the bits of a mask in one byte of a file, durably. What was written to the file before
   * becomes durable too.
   *
   * @throws IllegalArgumentException if the file has no such byte
   * @throws UncheckedIOException if there is no such file
   */
  public synchronized void flip(Path file, long offset, int mask) {
    FileNode node = file(file);
    if (offset < 0 || offset >= node.size()) {
      throw new IllegalArgumentException(
          "Cannot flip byte " + offset + " of " + file + ": it has " + node.size() + " bytes");
    }
    node.flip((int) offset, mask);
  }

  /**
   * Cuts a file, durably. What was written to the file before becomes durable too.
   *
   * @throws IllegalArgumentException if the file is not as large as that
   * @throws UncheckedIOException if there is no such file
   */
  public synchronized void truncate(Path file, long size) {
    FileNode node = file(file);
    if (size < 0 || size > node.size()) {
      throw new IllegalArgumentException(
          "Cannot cut " + file + " to " + size + " bytes: it has " + node.size() + " bytes");
    }
    node.cut((int) size);
  }

  /**
   * Removes a file, durably.
   *
   * @throws UncheckedIOException if there is no such file
   */
  public synchronized void delete(Path file) {
    FileNode node = file(file);
    try {
      Entry entry = tree.entry(SimulatedPath.of(file));
      tree.erase(entry, node);
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileNode file(Path path) {
    try {
      if (tree.require(SimulatedPath.of(path)) instanceof FileNode file) {
        return file;
      }
      throw new FileSystemException(path.toString(), "", "Is a directory");
    } catch (FileSystemException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A copy as a loss of power now would leave the disk if it kept nothing that is not synced. It
   * goes its own way, like one of {@link #fork}.
   */
  public synchronized SimulatedDisk durableCopy() {
    SimulatedDisk copy = fork();
    copy.tree.losePower(PowerLoss.ofEverything(copy.dice));
    return copy;
  }

  /** Whether a loss of power now would leave the disk as it is. */
  public synchronized boolean isDurable() {
    return tree.isDurable();
  }

  /**
   * A copy that goes its own way: the same content, durable or not, the same choices to come, the
   * same counts; no open channels, no locks and no listener. Its paths are its own.
   */
  public synchronized SimulatedDisk fork() {
    SimulatedDisk fork = new SimulatedDisk(dice.copy(), tree.copy());
    fork.losesNothing = losesNothing;
    fork.operations = operations;
    fork.traceHash = traceHash;
    return fork;
  }

  Tree tree() {
    return tree;
  }

  /** How often the disk crashed; a channel lives until the next one. */
  long crashes() {
    return crashes;
  }

  /** How many bytes of a write take place. */
  int torn(int bytes) {
    if (!tears || bytes == 0) {
      return bytes;
    }
    tears = false;
    return dice.below(bytes);
  }

  /** What an operation does. */
  interface Action<T> {
    T run() throws IOException;
  }

  /** Does an operation whose arguments are checked, unless the listener objects. */
  <T> T perform(Kind kind, SimulatedPath path, long bytes, Action<T> action) throws IOException {
    DiskOperation operation = new DiskOperation(kind, path, bytes, operations);
    operations++;
    long what = Dice.mix(((long) path.toString().hashCode() << 4) + kind.ordinal());
    traceHash = Dice.mix(traceHash * 31 + what + bytes);
    listener.before(operation);
    T result = action.run();
    listener.after(operation);
    return result;
  }
}
