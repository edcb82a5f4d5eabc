package io.headrace.api.connector;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Changes to the file system that are there after a power failure once the method has returned: for
 * checkpoints and for connectors that write files. Threads that may block.
 */
public final class DurableFiles {

  private static final FileAttribute<?>[] NONE = {};

  private DurableFiles() {}

  /** Makes the entries of a directory durable. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Creates a file that must not be there, with all its content. */
  public static void create(Path file, byte[] content) throws IOException {
    write(file, content);
    syncDirectory(parent(file));
  }

  /** Replaces a file, or creates it: after a power failure it is the old one or the new one. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.deleteIfExists(temporary);
    write(temporary, content);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(parent(file));
  }

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel = open(file)) {
      writeAll(channel, ByteBuffer.wrap(content));
      channel.force(true);
    }
  }

  /** Opens a new file for writing, readable by its owner only. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        java.util.Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        ownerOnly(file));
  }

  /**
   * What to create a file with that only its owner may read and write, whatever the process is set
   * to; nothing where there are no such permissions.
   */
  public static FileAttribute<?>[] ownerOnly(Path file) {
    return permissions(file, "rw-------");
  }

  /** Writes all that a buffer holds. */
  public static void writeAll(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /** Creates a directory, its parents included, accessible to its owner only. */
  public static void createDirectories(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.toAbsolutePath().getParent();
    if (above != null) {
      createDirectories(above);
    }
    try {
      Files.createDirectory(directory, permissions(directory, "rwx------"));
    } catch (FileAlreadyExistsException madeMeanwhile) {
      if (!Files.isDirectory(directory)) {
        throw madeMeanwhile;
      }
    }
    if (above != null) {
      syncDirectory(above);
    }
  }

  /**
   * Makes the name of a directory durable, and the names of all directories above it. For what an
   * earlier process may have created: where it was killed before it synced, the directories are
   * there, and {@link #createDirectories} does nothing, yet a power failure takes them away.
   */
  public static void syncNames(Path directory) throws IOException {
    Path above = directory.toAbsolutePath().getParent();
    while (above != null) {
      // Where this user may not write, none of these processes has created anything.
      if (Files.isReadable(above) && Files.isWritable(above)) {
        syncDirectory(above);
      }
      above = above.getParent();
    }
  }

  private static FileAttribute<?>[] permissions(Path path, String permissions) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return NONE;
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  /** The directory that a file is in. */
  public static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new HeadraceException(
          ErrorCode.INVALID_JOB,
          Printable.of(file) + " is in no directory. Name a file that is in one.");
    }
    return parent;
  }
}
