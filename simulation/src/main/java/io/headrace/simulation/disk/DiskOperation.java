package io.headrace.simulation.disk;

/**
 * Something done to a disk.
 *
 * @param path what it was done to
 * @param bytes how many were written or read
 * @param index how many operations there were before
 */
public record DiskOperation(Kind kind, String path, long bytes, long index) {

  /** What can be done to a disk. */
  public enum Kind {
    /** A file is created. */
    CREATE,
    /** Bytes are written to a file. */
    WRITE,
    /** The content of a file is made durable. */
    FORCE,
    /** The entries of a directory are made durable. */
    FORCE_DIRECTORY,
    /** A file or directory gets another name. */
    RENAME,
    /** A file or directory is deleted. */
    DELETE,
    /** A directory is created. */
    MAKE_DIRECTORY
  }
}
