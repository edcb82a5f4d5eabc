package io.headrace.simulation.disk;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A disk in memory that keeps only what was synced. One thread. */
public final class SimulatedDisk {

  private final SplittableRandom random;
  private final DiskDirectory root = new DiskDirectory();
  private final SimulatedFileSystem fileSystem = new SimulatedFileSystem(this);
  private final List<EntryChange> pending = new ArrayList<>();
  private final Set<DiskFile> locked = new HashSet<>();
  private DiskListener listener = new DiskListener() {};
  private long operations;
  private long traceHash;
  private int power;
  private boolean isTearing;

  /** An empty disk whose chance comes from a seed. */
  public SimulatedDisk(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** The directory above all others. */
  public Path root() {
    return fileSystem.root();
  }

  /** Has a listener told what happens from now on. */
  public void listen(DiskListener newListener) {
    listener = newListener;
  }

  /** How many operations there were. */
  public long operations() {
    return operations;
  }

  /** A hash over all operations: the same for the same run. */
  public long traceHash() {
    return traceHash;
  }

  /** Has the write that is about to happen done in part only, for a crash right after it. */
  public void tearNext() {
    isTearing = true;
  }

  /** The power fails: what was not synced is kept, torn or lost. Open channels are dead. */
  public void crash() {
    power++;
    locked.clear();
    for (EntryChange change : pending) {
      if (random.nextInt(3) == 0) {
        change.makeDurable();
      }
    }
    pending.clear();
    revert(root);
  }

  private void revert(DiskDirectory directory) {
    directory.revert();
    for (DiskNode node : directory.entries().values()) {
      if (node instanceof DiskDirectory inner) {
        revert(inner);
      } else if (node instanceof DiskFile file) {
        file.crash(random);
      }
    }
  }

  /**
   * The process is killed, and the machine goes on: nothing is lost but open channels and locks.
   */
  public void kill() {
    power++;
    locked.clear();
    pending.forEach(EntryChange::makeDurable);
    pending.clear();
    settle(root);
  }

  private static void settle(DiskDirectory directory) {
    for (DiskNode node : directory.entries().values()) {
      if (node instanceof DiskDirectory inner) {
        settle(inner);
      } else if (node instanceof DiskFile file) {
        file.settle();
      }
    }
  }

  /** The files that would be there if the power failed now and nothing else had been kept. */
  public Map<String, byte[]> durableFiles() {
    Map<String, byte[]> files = new TreeMap<>();
    collect(root, "", files);
    return files;
  }

  private static void collect(DiskDirectory directory, String path, Map<String, byte[]> files) {
    directory
        .durable()
        .forEach(
            (name, node) -> {
              if (node instanceof DiskDirectory inner) {
                collect(inner, path + "/" + name, files);
              } else if (node instanceof DiskFile file) {
                files.put(path + "/" + name, file.durable());
              }
            });
  }

  /** Inverts bits of a byte of a file, durably. */
  public void flip(Path file, int offset, int mask) throws IOException {
    DiskFile damaged = file(file);
    byte[] content = damaged.content();
    content[offset] ^= (byte) mask;
    damaged.replace(content);
  }

  // What the file system does

  int power() {
    return power;
  }

  /** Does an operation, with the listener told before and after. */
  void operate(DiskOperation.Kind kind, Path path, long bytes, Action action) throws IOException {
    DiskOperation operation = new DiskOperation(kind, path.toString(), bytes, operations++);
    traceHash = (traceHash * 31 + kind.ordinal()) * 31 + path.toString().hashCode() + bytes;
    listener.before(operation);
    action.run();
    listener.after(operation);
  }

  /** What an operation does. */
  interface Action {
    void run() throws IOException;
  }

  Optional<DiskNode> find(Path path) {
    DiskNode node = root;
    for (Path name : path) {
      if (!(node instanceof DiskDirectory directory)) {
        return Optional.empty();
      }
      @Nullable DiskNode next = directory.entries().get(name.toString());
      if (next == null) {
        return Optional.empty();
      }
      node = next;
    }
    return Optional.of(node);
  }

  DiskFile file(Path path) throws IOException {
    if (find(path).orElseThrow(() -> new NoSuchFileException(path.toString()))
        instanceof DiskFile file) {
      return file;
    }
    throw new IOException(path + " is a directory");
  }

  DiskDirectory directory(Path path) throws IOException {
    if (find(path).orElseThrow(() -> new NoSuchFileException(path.toString()))
        instanceof DiskDirectory directory) {
      return directory;
    }
    throw new NotDirectoryException(path.toString());
  }

  DiskFile create(Path path) throws IOException {
    DiskDirectory parent = directory(parent(path));
    DiskFile file = new DiskFile();
    operate(
        DiskOperation.Kind.CREATE,
        path,
        0,
        () -> change(new EntryChange().put(parent, name(path), file)));
    return file;
  }

  void makeDirectory(Path path) throws IOException {
    if (find(path).isPresent()) {
      throw new FileAlreadyExistsException(path.toString());
    }
    DiskDirectory parent = directory(parent(path));
    DiskDirectory made = new DiskDirectory();
    operate(
        DiskOperation.Kind.MAKE_DIRECTORY,
        path,
        0,
        () -> change(new EntryChange().put(parent, name(path), made)));
  }

  void delete(Path path) throws IOException {
    DiskNode node = find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    if (node instanceof DiskDirectory directory && !directory.entries().isEmpty()) {
      throw new DirectoryNotEmptyException(path.toString());
    }
    DiskDirectory parent = directory(parent(path));
    operate(
        DiskOperation.Kind.DELETE,
        path,
        0,
        () -> change(new EntryChange().remove(parent, name(path))));
  }

  void move(Path from, Path to) throws IOException {
    DiskNode node = find(from).orElseThrow(() -> new NoSuchFileException(from.toString()));
    DiskDirectory source = directory(parent(from));
    DiskDirectory target = directory(parent(to));
    operate(
        DiskOperation.Kind.RENAME,
        to,
        0,
        () -> change(new EntryChange().remove(source, name(from)).put(target, name(to), node)));
  }

  private void change(EntryChange change) {
    change.show();
    pending.add(change);
  }

  void write(Path path, DiskFile file, int offset, byte[] bytes) throws IOException {
    operate(
        DiskOperation.Kind.WRITE,
        path,
        bytes.length,
        () -> {
          int kept = isTearing ? random.nextInt(bytes.length + 1) : bytes.length;
          isTearing = false;
          file.write(offset, java.util.Arrays.copyOf(bytes, kept));
        });
  }

  void force(Path path, DiskNode node) throws IOException {
    if (node instanceof DiskFile file) {
      operate(DiskOperation.Kind.FORCE, path, file.size(), file::force);
    } else if (node instanceof DiskDirectory directory) {
      operate(DiskOperation.Kind.FORCE_DIRECTORY, path, 0, () -> forceEntries(directory));
    }
  }

  private void forceEntries(DiskDirectory directory) {
    List<EntryChange> left = new ArrayList<>();
    for (EntryChange change : pending) {
      if (change.touches(directory)) {
        change.makeDurable();
      } else {
        left.add(change);
      }
    }
    pending.clear();
    pending.addAll(left);
  }

  boolean lock(DiskFile file) {
    return locked.add(file);
  }

  void unlock(DiskFile file) {
    locked.remove(file);
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException(path + " has no parent");
    }
    return parent;
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
