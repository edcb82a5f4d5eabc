package io.headrace.simulation.disk;

import io.headrace.simulation.disk.DiskOperation.Kind;
import io.headrace.simulation.disk.EntryChange.Entry;
import io.headrace.simulation.disk.SimulatedChannel.Access;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code Files} and {@code FileChannel.open} call for the paths of one disk. */
final class SimulatedProvider extends FileSystemProvider {

  private static final Set<OpenOption> OPEN_OPTIONS =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          StandardOpenOption.CREATE,
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.SPARSE,
          LinkOption.NOFOLLOW_LINKS);

  private final SimulatedDisk disk;

  SimulatedProvider(SimulatedDisk disk) {
    this.disk = disk;
  }

  private SimulatedPath path(Path path) {
    SimulatedPath simulated = SimulatedPath.of(path);
    if (simulated.disk() != disk) {
      throw new IllegalArgumentException(path + " is a path of another simulated disk");
    }
    return simulated.toAbsolutePath().normalize();
  }

  @Override
  public String getScheme() {
    return "simulated";
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    Access access = access(options);
    checkNone(attributes);
    synchronized (disk) {
      SimulatedPath file = path(path);
      Optional<Node> found = disk.tree().find(file);
      boolean createsNew = access.writes() && options.contains(StandardOpenOption.CREATE_NEW);
      if (found.isPresent() && createsNew) {
        throw new FileAlreadyExistsException(file.toString());
      }
      if (access.writes() && found.filter(DirectoryNode.class::isInstance).isPresent()) {
        throw new FileSystemException(file.toString(), "", "Is a directory");
      }
      boolean creates = access.writes() && options.contains(StandardOpenOption.CREATE);
      if (found.isEmpty() && !createsNew && !creates) {
        throw new NoSuchFileException(file.toString());
      }
      Node node = found.isPresent() ? found.get() : add(Kind.CREATE, file, new FileNode());
      SimulatedChannel channel = new SimulatedChannel(file, node, access);
      boolean truncates = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
      if (access.writes() && truncates && channel.size() > 0) {
        channel.resize(0);
      }
      return channel;
    }
  }

  private static Access access(Set<? extends OpenOption> options) {
    for (OpenOption option : options) {
      if (!OPEN_OPTIONS.contains(option)) {
        throw new UnsupportedOperationException("A simulated disk cannot open with " + option);
      }
    }
    boolean appends = options.contains(StandardOpenOption.APPEND);
    boolean writes = appends || options.contains(StandardOpenOption.WRITE);
    boolean reads = !writes || options.contains(StandardOpenOption.READ);
    if (appends && (reads || options.contains(StandardOpenOption.TRUNCATE_EXISTING))) {
      throw new IllegalArgumentException(
          "APPEND goes with neither READ nor TRUNCATE_EXISTING, yet the options are " + options);
    }
    return new Access(reads, writes, appends);
  }

  private static void checkNone(FileAttribute<?>... attributes) {
    if (attributes.length > 0) {
      throw new UnsupportedOperationException(
          "A simulated disk cannot set " + attributes[0].name() + " on what it creates");
    }
  }

  private Node add(Kind kind, SimulatedPath path, Node node) throws IOException {
    Entry entry = disk.tree().entry(path);
    return disk.perform(
        kind,
        path,
        0,
        () -> {
          disk.tree().add(entry, node);
          return node;
        });
  }

  @Override
  public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
    checkNone(attributes);
    synchronized (disk) {
      SimulatedPath directory = path(path);
      if (disk.tree().find(directory).isPresent()) {
        throw new FileAlreadyExistsException(directory.toString());
      }
      add(Kind.MAKE_DIRECTORY, directory, new DirectoryNode());
    }
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path path, DirectoryStream.Filter<? super Path> filter) throws IOException {
    synchronized (disk) {
      DirectoryNode directory = directory(path);
      List<String> names = List.copyOf(directory.current.keySet());
      return new SimulatedDirectoryStream(SimulatedPath.of(path), names, filter);
    }
  }

  private DirectoryNode directory(Path path) throws IOException {
    try {
      if (disk.tree().require(path(path)) instanceof DirectoryNode directory) {
        return directory;
      }
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException e) {
      throw new NotDirectoryException(path.toString()); // as Unix tells of a file on the way
    }
    throw new NotDirectoryException(path.toString());
  }

  @Override
  public void delete(Path path) throws IOException {
    synchronized (disk) {
      SimulatedPath target = path(path);
      Node node = disk.tree().require(target);
      if (node instanceof DirectoryNode directory && !directory.current.isEmpty()) {
        throw new DirectoryNotEmptyException(target.toString());
      }
      Entry entry = disk.tree().entry(target);
      disk.perform(
          Kind.DELETE,
          target,
          0,
          () -> {
            disk.tree().remove(entry, node);
            return node;
          });
    }
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    synchronized (disk) {
      SimulatedPath source = path(from);
      SimulatedPath target = path(to);
      List<CopyOption> chosen = List.of(options);
      boolean atomic = chosen.contains(StandardCopyOption.ATOMIC_MOVE);
      if (atomic) {
        // One system call, which looks at the directories of both names first.
        disk.tree().entry(source);
        disk.tree().entry(target);
      }
      Node node = disk.tree().require(source);
      Optional<Node> replaced = disk.tree().find(target);
      if (replaced.filter(other -> other == node).isPresent()) {
        return;
      }
      if (replaced.isPresent() && !atomic) {
        if (!chosen.contains(StandardCopyOption.REPLACE_EXISTING)) {
          throw new FileAlreadyExistsException(target.toString());
        }
        delete(target);
        replaced = Optional.empty();
      }
      Entry old = disk.tree().entry(source);
      Entry renamed = disk.tree().entry(target);
      checkRename(source, target, node, replaced);
      disk.perform(
          Kind.RENAME,
          target,
          0,
          () -> {
            disk.tree().rename(old, renamed, node);
            return node;
          });
    }
  }

  private static void checkRename(
      SimulatedPath source, SimulatedPath target, Node node, Optional<Node> replaced)
      throws FileSystemException {
    boolean isDirectory = node instanceof DirectoryNode;
    if (isDirectory && target.startsWith(source)) {
      throw new FileSystemException(source.toString(), target.toString(), "Invalid argument");
    }
    if (replaced.isEmpty()) {
      return;
    }
    if (replaced.get() instanceof DirectoryNode directory) {
      if (!isDirectory) {
        throw new FileSystemException(source.toString(), target.toString(), "Is a directory");
      }
      if (!directory.current.isEmpty()) {
        throw new FileSystemException(source.toString(), target.toString(), "Directory not empty");
      }
    } else if (isDirectory) {
      throw new FileSystemException(source.toString(), target.toString(), "Not a directory");
    }
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    if (one.equals(other)) {
      return true;
    }
    synchronized (disk) {
      return other instanceof SimulatedPath
          && disk.tree().require(path(one)) == disk.tree().require(path(other));
    }
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    synchronized (disk) {
      disk.tree().require(path(path));
    }
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    synchronized (disk) {
      SimulatedAttributes attributes = SimulatedAttributes.of(disk.tree().require(path(path)));
      if (!type.isInstance(attributes)) {
        throw new UnsupportedOperationException("A simulated disk has no " + type.getName());
      }
      return type.cast(attributes);
    }
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return type == BasicFileAttributeView.class
        ? type.cast(new SimulatedAttributeView(path(path)))
        : null;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("A simulated disk reads attributes by their type only");
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException("A simulated disk cannot set " + name + " of " + path);
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException("A simulated disk cannot copy " + from + " to " + to);
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("A simulated disk has no stores");
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("Make a SimulatedDisk instead of opening " + uri);
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("Make a SimulatedDisk instead of opening " + uri);
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("Ask a SimulatedDisk for its root instead of " + uri);
  }
}
