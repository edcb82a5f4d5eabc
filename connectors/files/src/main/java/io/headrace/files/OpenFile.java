package io.headrace.files;

import io.headrace.api.connector.DurableFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;

/** A pending file that is being written. One thread at a time. */
final class OpenFile {

  private static final int BUFFER_BYTES = 1 << 14;

  private final Draft draft;
  private final long openedNanos;
  private final FileChannel channel;
  private final OutputStream out;
  private long length;

  /**
   * Begins a file that must not be there.
   *
   * @param openedNanos the time of a clock
   */
  OpenFile(Draft draft, Compression compression, long openedNanos) throws IOException {
    this.draft = draft;
    this.openedNanos = openedNanos;
    this.channel = DurableFiles.open(draft.path());
    this.out = compression.packed(new BufferedOutputStream(new ToChannel(channel), BUFFER_BYTES));
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    length += bytes.length;
  }

  /** How much was written, before it is packed. */
  long length() {
    return length;
  }

  long openedNanos() {
    return openedNanos;
  }

  /** Completes the file; it is not durable yet. */
  EndedFile end() throws IOException {
    try (channel) {
      out.close();
      return new EndedFile(draft, channel.position());
    }
  }

  /** Completes the file and makes its content durable. May block. */
  EndedFile endDurably() throws IOException {
    try (channel) {
      out.close();
      channel.force(true);
      return new EndedFile(draft, channel.position());
    }
  }

  /** Gives the file up. The memory of what packs it is left to the garbage collector. */
  void discard() throws IOException {
    channel.close();
    Files.deleteIfExists(draft.path());
  }

  /**
   * Lets go of the file, whose content is not needed. Any thread; does nothing to one that ended.
   */
  void close() throws IOException {
    channel.close();
  }

  /** Writes to a channel, and leaves it open when it is closed itself. */
  private static final class ToChannel extends OutputStream {

    private final FileChannel channel;

    ToChannel(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int single) throws IOException {
      write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      DurableFiles.writeAll(channel, ByteBuffer.wrap(bytes, from, count));
    }
  }
}
