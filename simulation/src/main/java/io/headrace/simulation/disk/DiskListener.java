package io.headrace.simulation.disk;

import java.io.IOException;

/**
 * Sees every operation of a disk, and may let it fail. Called on the thread of the operation, with
 * the lock of the disk held; it may call the disk; one that lets it crash must throw an {@code
 * Error}, as the operation would go on otherwise.
 */
public interface DiskListener {

  /**
   * An operation is about to happen; its arguments were checked.
   *
   * @throws IOException to let the operation fail, for example for want of space; it does not
   *     happen then. The same holds for an {@code Error} or an unchecked exception.
   */
  default void before(DiskOperation operation) throws IOException {}

  /**
   * An operation happened.
   *
   * @throws IOException to let the caller believe that it failed
   */
  default void after(DiskOperation operation) throws IOException {}
}
