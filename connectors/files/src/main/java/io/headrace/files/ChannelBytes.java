package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** The bytes of a file as they are. */
record ChannelBytes(Path file, FileChannel channel) implements FileBytes {

  @Override
  public int read(byte[] into, int at, int most) throws IOException {
    int read = channel.read(ByteBuffer.wrap(into, at, most));
    if (read < 0) {
      checkNotShorter();
    }
    return read;
  }

  private void checkNotShorter() throws IOException {
    long size = channel.size();
    if (size < channel.position()) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File "
              + Printable.of(file)
              + " was cut off at byte "
              + size
              + " while it was read. Bring it back as it was; new input goes into new files.");
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
