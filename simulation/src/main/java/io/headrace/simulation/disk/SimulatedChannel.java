package io.headrace.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** An open file or directory of a simulated disk: dead after a crash. */
final class SimulatedChannel extends FileChannel {

  private final SimulatedDisk disk;
  private final Path path;
  private final DiskNode node;
  private final boolean isAppending;
  private final int power;
  private int position;

  SimulatedChannel(SimulatedDisk disk, Path path, DiskNode node, boolean isAppending) {
    this.disk = disk;
    this.path = path;
    this.node = node;
    this.isAppending = isAppending;
    this.power = disk.power();
  }

  private DiskFile file() throws IOException {
    checkAlive();
    if (node instanceof DiskFile file) {
      return file;
    }
    throw new IOException(path + " is a directory");
  }

  private void checkAlive() throws IOException {
    if (!isOpen()) {
      throw new ClosedChannelException();
    }
    if (disk.power() != power) {
      throw new IOException(path + " was opened before the crash");
    }
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = read(into, position);
    position += Math.max(count, 0);
    return count;
  }

  @Override
  public int read(ByteBuffer into, long from) throws IOException {
    byte[] bytes = new byte[into.remaining()];
    int count = file().read((int) from, bytes, 0, bytes.length);
    if (count > 0) {
      into.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int length) throws IOException {
    return read(into[offset]);
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    if (isAppending) {
      position = file().size();
    }
    int count = write(from, position);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from, long to) throws IOException {
    DiskFile file = file();
    byte[] bytes = new byte[from.remaining()];
    from.get(bytes);
    disk.write(path, file, (int) to, bytes);
    return bytes.length;
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) throws IOException {
    return write(from[offset]);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long newPosition) {
    position = (int) newPosition;
    return this;
  }

  @Override
  public long size() throws IOException {
    return file().size();
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    file().truncate((int) size);
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    checkAlive();
    disk.force(path, node);
  }

  @Override
  public FileLock lock(long from, long size, boolean isShared) throws IOException {
    return tryLock(from, size, isShared);
  }

  @Override
  public FileLock tryLock(long from, long size, boolean isShared) throws IOException {
    DiskFile file = file();
    if (!disk.lock(file)) {
      throw new OverlappingFileLockException();
    }
    return new Lock(this, file);
  }

  @Override
  public long transferTo(long from, long count, WritableByteChannel target) {
    throw new UnsupportedOperationException("transfer is not simulated");
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long to, long count) {
    throw new UnsupportedOperationException("transfer is not simulated");
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long from, long size) {
    throw new UnsupportedOperationException("mapping is not simulated");
  }

  @Override
  protected void implCloseChannel() {
    // What was written stays as durable as it is.
  }

  private final class Lock extends FileLock {

    private final DiskFile file;
    private boolean isReleased;

    Lock(FileChannel channel, DiskFile file) {
      super(channel, 0, Long.MAX_VALUE, false);
      this.file = file;
    }

    @Override
    public boolean isValid() {
      return !isReleased && disk.power() == power;
    }

    @Override
    public void release() {
      if (isValid()) {
        disk.unlock(file);
      }
      isReleased = true;
    }
  }
}
