package io.headrace.files;

import java.io.IOException;

/** The bytes of a file, one after the other. One thread. */
interface FileBytes extends AutoCloseable {

  /**
   * Reads some bytes.
   *
   * @return how many, at least one; {@link ByteWindow#END} at the end of the file
   */
  int read(byte[] into, int at, int most) throws IOException;

  @Override
  void close() throws IOException;
}
