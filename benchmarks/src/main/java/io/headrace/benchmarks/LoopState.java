package io.headrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What one task of the hand-written loop adds to a checkpoint. */
@FunctionalInterface
interface LoopState {

  /** Appends it to a file, on the thread that writes checkpoints; the buffer is to be used. */
  void writeTo(FileChannel file, ByteBuffer buffer) throws IOException;

  /** Writes what is in a buffer, and clears it. */
  static void drain(ByteBuffer buffer, FileChannel file) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }
}
