package io.headrace.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Does on a simulated disk what {@link java.nio.file.Files} asks for. */
final class SimulatedProvider extends FileSystemProvider {

  private static SimulatedDisk diskOf(Path path) {
    return ((SimulatedPath) path).getFileSystem().disk();
  }

  @Override
  public String getScheme() {
    return "simulated";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException("make a SimulatedDisk instead");
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException("ask the SimulatedDisk for its root instead");
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException("ask the SimulatedDisk for its root instead");
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    SimulatedDisk disk = diskOf(path);
    boolean exists = disk.find(path).isPresent();
    boolean isNew = options.contains(StandardOpenOption.CREATE_NEW);
    if (exists && isNew) {
      throw new FileAlreadyExistsException(path.toString());
    }
    if (!exists && !isNew && !options.contains(StandardOpenOption.CREATE)) {
      throw new NoSuchFileException(path.toString());
    }
    DiskNode node =
        exists
            ? disk.find(path).orElseThrow(() -> new NoSuchFileException(path.toString()))
            : disk.create(path);
    if (node instanceof DiskFile file && options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      file.truncate(0);
    }
    return new SimulatedChannel(disk, path, node, options.contains(StandardOpenOption.APPEND));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (String name : diskOf(directory).directory(directory).entries().keySet()) {
      Path path = directory.resolve(name);
      if (filter.accept(path)) {
        paths.add(path);
      }
    }
    return new DirectoryStream<>() {
      @Override
      public java.util.Iterator<Path> iterator() {
        return paths.iterator();
      }

      @Override
      public void close() {
        // A list is not held open.
      }
    };
  }

  @Override
  public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
    diskOf(directory).makeDirectory(directory);
  }

  @Override
  public void delete(Path path) throws IOException {
    diskOf(path).delete(path);
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException("copying is not simulated");
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    List<CopyOption> wanted = Arrays.asList(options);
    boolean mayReplace =
        wanted.contains(StandardCopyOption.ATOMIC_MOVE)
            || wanted.contains(StandardCopyOption.REPLACE_EXISTING);
    if (!mayReplace && diskOf(target).find(target).isPresent()) {
      throw new FileAlreadyExistsException(target.toString());
    }
    diskOf(source).move(source, target);
  }

  @Override
  public boolean isSameFile(Path path, Path other) {
    return path.toAbsolutePath().equals(other.toAbsolutePath());
  }

  @Override
  public boolean isHidden(Path path) {
    return String.valueOf(path.getFileName()).startsWith(".");
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException("file stores are not simulated");
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    if (diskOf(path).find(path).isEmpty()) {
      throw new NoSuchFileException(path.toString());
    }
  }

  @Override
  @SuppressWarnings("NullAway") // The method of the JDK says null for a view that is not there.
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    DiskNode node =
        diskOf(path).find(path).orElseThrow(() -> new NoSuchFileException(path.toString()));
    return type.cast(new SimulatedAttributes(node));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException("attributes by name are not simulated");
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException("attributes by name are not simulated");
  }
}
