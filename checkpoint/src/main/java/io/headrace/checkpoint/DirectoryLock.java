package io.headrace.checkpoint;

import io.headrace.api.connector.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A lock on a directory, held until closed. It goes when the process goes, however it goes.
 *
 * <p>Two files are locked. One keeps other processes out; but where locks are POSIX ones, closing
 * any channel on it drops its lock for the whole process, so a second taker in this JVM must never
 * open it. The other is there to stop that one: it is locked shared, which no other process minds,
 * and the JVM knows of all its locks, whatever class loader they came from.
 */
final class DirectoryLock implements AutoCloseable {

  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final FileLock amongProcesses;
  private final FileLock inJvm;

  private DirectoryLock(FileLock amongProcesses, FileLock inJvm) {
    this.amongProcesses = amongProcesses;
    this.inJvm = inJvm;
  }

  /** Takes a directory; empty if somebody has it. */
  static Optional<DirectoryLock> take(Path directory) throws IOException {
    Optional<FileLock> inJvm =
        lock(
            directory.resolve(FileNames.JVM_LOCK),
            channel -> channel.tryLock(0, Long.MAX_VALUE, true));
    return inJvm.isEmpty() ? Optional.empty() : take(directory, inJvm.get());
  }

  private static Optional<DirectoryLock> take(Path directory, FileLock inJvm) throws IOException {
    Optional<FileLock> amongProcesses = Optional.empty();
    try {
      amongProcesses = lock(directory.resolve(FileNames.LOCK), FileChannel::tryLock);
      return amongProcesses.map(lock -> new DirectoryLock(lock, inJvm));
    } finally {
      if (amongProcesses.isEmpty()) {
        inJvm.acquiredBy().close();
      }
    }
  }

  /** How a channel is locked. */
  @FunctionalInterface
  private interface Locking {
    @Nullable FileLock of(FileChannel channel) throws IOException;
  }

  /**
   * Locks a file, creating it if it is not there; empty, and nothing left open, if it is locked.
   */
  private static Optional<FileLock> lock(Path file, Locking locking) throws IOException {
    Optional<FileLock> lock = Optional.empty();
    FileChannel channel = FileChannel.open(file, OPTIONS, DurableFiles.ownerOnly(file));
    try {
      lock = Optional.ofNullable(locking.of(channel));
      return lock;
    } catch (OverlappingFileLockException lockedInThisJvm) {
      return lock;
    } finally {
      if (lock.isEmpty()) {
        channel.close();
      }
    }
  }

  boolean isHeld() {
    return amongProcesses.isValid();
  }

  /** Lets go; more than once does no harm. */
  @Override
  public void close() throws IOException {
    try {
      amongProcesses.acquiredBy().close();
    } finally {
      inJvm.acquiredBy().close();
    }
  }
}
