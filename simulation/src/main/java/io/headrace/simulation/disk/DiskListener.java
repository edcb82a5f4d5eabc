package io.headrace.simulation.disk;

import java.io.IOException;

/** Is told each operation on a disk, and may have it fail. */
public interface DiskListener {

  /** An operation is about to happen; if this throws, it does not. */
  default void before(DiskOperation operation) throws IOException {}

  /** An operation has happened. */
  default void after(DiskOperation operation) throws IOException {}
}
