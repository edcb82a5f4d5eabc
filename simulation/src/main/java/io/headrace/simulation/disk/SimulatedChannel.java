package io.headrace.simulation.disk;

import io.headrace.simulation.disk.ContentChange.Resized;
import io.headrace.simulation.disk.ContentChange.Written;
import io.headrace.simulation.disk.DiskOperation.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A channel on a file, or for syncing on a directory. It keeps its file when the file is renamed or
 * deleted, and dies when the disk crashes.
 */
final class SimulatedChannel extends FileChannel {

  /** What a channel may do; one that appends may also write. */
  record Access(boolean reads, boolean writes, boolean appends) {}

  private final SimulatedDisk disk;
  private final SimulatedPath path;
  private final Node node;
  private final Access access;
  private final long crashesAtOpen;
  private long position;

  SimulatedChannel(SimulatedPath path, Node node, Access access) {
    this.disk = path.disk();
    this.path = path;
    this.node = node;
    this.access = access;
    this.crashesAtOpen = disk.crashes();
    disk.opened(this);
  }

  /** The file, by the name by which it was opened. */
  Path path() {
    return path;
  }

  /** Whether the channel is open and the disk did not crash since it was opened. */
  boolean isAlive() {
    synchronized (disk) {
      return isOpen() && disk.crashes() == crashesAtOpen;
    }
  }

  private void checkAlive() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (disk.crashes() != crashesAtOpen) {
      throw new FileSystemException(
          path.toString(), "", "The simulated disk crashed after this channel was opened");
    }
  }

  private FileNode file() throws IOException {
    checkAlive();
    if (node instanceof FileNode file) {
      return file;
    }
    throw new IOException("Is a directory");
  }

  private FileNode readable() throws IOException {
    checkReads();
    return file();
  }

  private void checkReads() throws IOException {
    checkAlive();
    if (!access.reads()) {
      throw new NonReadableChannelException();
    }
  }

  private FileNode writable() throws IOException {
    checkAlive();
    if (!access.writes()) {
      throw new NonWritableChannelException();
    }
    return file();
  }

  private static void checkNotNegative(long number, String what) {
    if (number < 0) {
      throw new IllegalArgumentException("Negative " + what + ": " + number);
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    synchronized (disk) {
      int read = read(target, position);
      position += Math.max(0, read);
      return read;
    }
  }

  @Override
  public int read(ByteBuffer target, long from) throws IOException {
    checkNotNegative(from, "position");
    synchronized (disk) {
      checkReads();
      if (!target.hasRemaining()) {
        return 0; // a directory has no bytes to refuse then, as on Unix
      }
      FileNode file = file();
      long length = Math.max(0, Math.min(target.remaining(), file.size() - from));
      return disk.perform(
          Kind.READ, path, length, () -> length == 0 ? -1 : file.read((int) from, target));
    }
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    long total = 0;
    for (ByteBuffer target : Arrays.asList(targets).subList(offset, offset + length)) {
      boolean wanted = target.hasRemaining();
      int read = read(target);
      if (read < 0) {
        return total == 0 ? -1 : total;
      }
      total += read;
      if (wanted && target.hasRemaining()) {
        return total;
      }
    }
    return total;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    synchronized (disk) {
      int written = write(source, position);
      position += written;
      return written;
    }
  }

  @Override
  public int write(ByteBuffer source, long at) throws IOException {
    checkNotNegative(at, "position");
    synchronized (disk) {
      FileNode file = writable();
      int length = source.remaining();
      if (length == 0) {
        return 0;
      }
      int offset = Math.toIntExact(access.appends() ? file.size() : at);
      return disk.perform(
          Kind.WRITE,
          path,
          length,
          () -> {
            byte[] bytes = new byte[disk.torn(length)];
            source.get(bytes);
            if (bytes.length > 0) {
              file.change(new Written(offset, bytes));
            }
            return bytes.length;
          });
    }
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    long total = 0;
    for (ByteBuffer source : Arrays.asList(sources).subList(offset, offset + length)) {
      total += write(source);
      if (source.hasRemaining()) {
        return total;
      }
    }
    return total;
  }

  @Override
  public long position() throws IOException {
    synchronized (disk) {
      checkAlive();
      return access.appends() ? size() : position;
    }
  }

  @Override
  public FileChannel position(long newPosition) throws IOException {
    synchronized (disk) {
      checkAlive();
      checkNotNegative(newPosition, "position");
      position = newPosition;
      return this;
    }
  }

  @Override
  public long size() throws IOException {
    synchronized (disk) {
      checkAlive();
      return node instanceof FileNode file ? file.size() : 0;
    }
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    synchronized (disk) {
      checkAlive();
      checkNotNegative(size, "size");
      FileNode file = writable();
      if (size < file.size()) {
        resize((int) size);
      }
      position = Math.min(position, size);
      return this;
    }
  }

  /** Changes the size, without a check, as an open that truncates does. */
  void resize(int size) throws IOException {
    FileNode file = file();
    disk.perform(
        Kind.WRITE,
        path,
        0,
        () -> {
          file.change(new Resized(size));
          return size;
        });
  }

  @Override
  public void force(boolean metaData) throws IOException {
    synchronized (disk) {
      checkAlive();
      try {
        disk.perform(
            node instanceof FileNode ? Kind.FORCE : Kind.FORCE_DIRECTORY, path, 0, this::sync);
      } catch (IOException failure) {
        if (node instanceof FileNode file) {
          file.forceFailed();
        }
        throw failure;
      }
    }
  }

  private Node sync() {
    if (node instanceof FileNode file) {
      file.force();
    } else if (node instanceof DirectoryNode directory) {
      disk.tree().force(directory);
    }
    return node;
  }

  @Override
  public FileLock tryLock(long from, long size, boolean shared) throws IOException {
    synchronized (disk) {
      checkAlive();
      if (shared) {
        readable();
      } else {
        writable();
      }
      FileNode file = file();
      SimulatedLock lock = new SimulatedLock(this, from, size, shared);
      return disk.perform(
          Kind.LOCK,
          path,
          0,
          () -> {
            file.lock(lock);
            return lock;
          });
    }
  }

  @Override
  public FileLock lock(long from, long size, boolean shared) throws IOException {
    return tryLock(from, size, shared);
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException("A simulated disk transfers nothing");
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long at, long count) {
    throw new UnsupportedOperationException("A simulated disk transfers nothing");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("A simulated disk maps no memory");
  }

  @Override
  protected void implCloseChannel() {
    disk.closed(this);
  }
}
