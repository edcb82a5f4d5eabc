package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** A file read forward, with a look ahead that is as long as the longest element. One thread. */
final class ByteWindow implements AutoCloseable {

  /** What is at the end of the file. */
  static final int END = -1;

  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_ELEMENT = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private byte[] bytes = new byte[CHUNK];
  private int from;
  private int to;
  private int limit;
  private long offset;
  private long line = 1;
  private long elements;

  private ByteWindow(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a file at a position.
   *
   * @throws HeadraceException with {@code INPUT_REFUSED} if the bytes before the position are not
   *     those that stood there before
   */
  static ByteWindow open(Path file, FilePosition position) throws IOException {
    if (Files.isDirectory(file)) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File " + file + " is a folder. Name the files in it, not the folder.");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException missing) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File " + file + " is missing. Bring it back, or take it out of the source.",
          missing);
    }
    ByteWindow window = new ByteWindow(file, channel);
    try {
      window.skipTo(position);
      return window;
    } catch (IOException | HeadraceException failure) {
      channel.close();
      throw failure;
    }
  }

  private void skipTo(FilePosition position) throws IOException {
    while (offset < position.offset() && at(0) != END) {
      consume((int) Math.min(to - from, position.offset() - offset));
    }
    if (offset != position.offset() || checksum.getValue() != position.crc32c()) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File "
              + file
              + " was changed after it was read up to byte "
              + position.offset()
              + ": what stands before is no longer the same. Bring the file back as it was; new"
              + " input goes into new files.");
    }
    line = position.line();
    elements = position.elements();
  }

  /** The byte at a distance from here, 0 to 255, or {@link #END}. */
  int at(int distance) throws IOException {
    while (from + distance >= limit) {
      if (!fill(distance)) {
        return END;
      }
    }
    return bytes[from + distance] & 0xff;
  }

  private boolean fill(int distance) throws IOException {
    if (distance > LONGEST_ELEMENT) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File "
              + file
              + ", line "
              + line
              + ": an element is longer than "
              + LONGEST_ELEMENT
              + " bytes. Split it, or mend the file if something that ends it is missing.");
    }
    if (to == bytes.length) {
      byte[] room = to - from > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
      System.arraycopy(bytes, from, room, 0, to - from);
      bytes = room;
      to -= from;
      from = 0;
      setLimit();
    }
    int read = channel.read(ByteBuffer.wrap(bytes, to, Math.min(CHUNK, bytes.length - to)));
    if (read < 0) {
      checkNotShorter();
      return false;
    }
    to += read;
    setLimit();
    return true;
  }

  /**
   * What may be looked at does not depend on how much was read ahead, so that an element that is
   * too long is so from whichever position it is read.
   */
  private void setLimit() {
    limit = Math.min(to, from + LONGEST_ELEMENT + 1);
  }

  private void checkNotShorter() throws IOException {
    long size = channel.size();
    if (size < channel.position()) {
      throw new HeadraceException(
          ErrorCode.INPUT_REFUSED,
          "File "
              + file
              + " was cut off at byte "
              + size
              + " while it was read. Bring it back as it was; new input goes into new files.");
    }
  }

  /** A copy of some bytes ahead, which were looked at before. */
  byte[] copy(int start, int end) {
    return Arrays.copyOfRange(bytes, from + start, from + end);
  }

  /** Goes on behind some bytes, which were looked at before. */
  void consume(int count) {
    checksum.update(bytes, from, count);
    for (int i = from; i < from + count; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    from += count;
    offset += count;
    setLimit();
  }

  void countElement() {
    elements++;
  }

  FilePosition position() {
    return new FilePosition(offset, line, elements, checksum.getValue());
  }

  Path file() {
    return file;
  }

  /** The number of the line that a byte ahead is in. */
  long lineAt(int distance) {
    long lines = line;
    for (int i = from; i < Math.min(from + distance, to); i++) {
      lines += bytes[i] == '\n' ? 1 : 0;
    }
    return lines;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
