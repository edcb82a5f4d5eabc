package io.headrace.simulation.disk;

import java.nio.file.Path;

/**
 * One operation of a disk. Immutable.
 *
 * @param kind what is done
 * @param path the file or directory; the new name for a rename
 * @param bytes how many bytes are written or read; 0 for everything else
 * @param index how many operations the disk did before this one
 */
public record DiskOperation(Kind kind, Path path, long bytes, long index) {

  /** What an operation does. */
  public enum Kind {
    /** Makes the name of a new, empty file. */
    CREATE,
    /** Changes the content of a file; with no bytes, its size alone. */
    WRITE,
    /** Makes the content of a file durable. */
    FORCE,
    /** Makes the names in a directory durable. */
    FORCE_DIRECTORY,
    /** Gives a file or directory another name. */
    RENAME,
    /** Removes the name of a file or directory. */
    DELETE,
    /** Makes the name of a new, empty directory. */
    MAKE_DIRECTORY,
    /** Reads the content of a file. */
    READ,
    /** Takes a file lock. */
    LOCK
  }

  /**
   * Checks the components.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public DiskOperation {
    if (bytes < 0 || index < 0) {
      throw new IllegalArgumentException(
          "A disk operation has " + bytes + " bytes and index " + index + "; both must be >= 0");
    }
  }
}
