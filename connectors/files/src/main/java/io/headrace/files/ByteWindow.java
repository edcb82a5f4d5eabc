package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32C;

/** A file read forward, with a look ahead that is as long as the longest element. One thread. */
final class ByteWindow implements AutoCloseable {

  /** What is at the end of the file. */
  static final int END = -1;

  private static final int CHUNK = 1 << 16;
  private static final int LONGEST_ELEMENT = 1 << 20;

  private final Path file;
  private final FileBytes input;
  private final CRC32C checksum = new CRC32C();
  private byte[] bytes = new byte[CHUNK];
  private int from;
  private int to;
  private int limit;
  private long offset;
  private long line = 1;
  private long elements;

  private ByteWindow(Path file, FileBytes input) {
    this.file = file;
    this.input = input;
  }

  /**
   * Opens a file at its beginning; what ends in {@code .gz} is unpacked.
   *
   * @throws NoSuchFileException if it is not there
   */
  static ByteWindow open(Path file, Set<? extends OpenOption> options) throws IOException {
    if (Files.isDirectory(file)) {
      throw refused(file, " is a folder. Name the files in it, not the folder.");
    }
    FileChannel channel;
    try {
      channel = FileChannel.open(file, options);
    } catch (NoSuchFileException missing) {
      throw missing;
    } catch (IOException failure) {
      if (options.contains(LinkOption.NOFOLLOW_LINKS) && Files.isSymbolicLink(file)) {
        throw refused(file, " is a link, which is not followed here. Put the file itself there.");
      }
      throw failure;
    }
    FileBytes bytes = new ChannelBytes(file, channel);
    boolean isPacked = file.toString().endsWith(".gz");
    return new ByteWindow(file, isPacked ? new GzipBytes(file, bytes) : bytes);
  }

  private static HeadraceException refused(Path file, String what) {
    return new HeadraceException(ErrorCode.INPUT_REFUSED, "File " + Printable.of(file) + what);
  }

  /**
   * Goes on to a position; from the start of a file on, to what stands behind its header.
   *
   * @throws HeadraceException with {@code INPUT_REFUSED} if the bytes before the position are not
   *     those that stood there before
   */
  void skipTo(FilePosition position) throws IOException {
    if (position.equals(FilePosition.START)) {
      return;
    }
    while (offset < position.offset() && at(0) != END) {
      consume((int) Math.min(to - from, position.offset() - offset));
    }
    if (offset != position.offset() || checksum.getValue() != position.crc32c()) {
      throw refused(
          file,
          " was changed after it was read up to byte "
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
      throw refused(
              file,
              ", line %d: an element is longer than %d bytes. Split it, or mend the file if something that ends it is missing."
                  .formatted(line, LONGEST_ELEMENT))
          .at(place(line));
    }
    if (to == bytes.length) {
      byte[] room = to - from > bytes.length / 2 ? new byte[bytes.length * 2] : bytes;
      System.arraycopy(bytes, from, room, 0, to - from);
      bytes = room;
      to -= from;
      from = 0;
      setLimit();
    }
    int read = input.read(bytes, to, Math.min(CHUNK, bytes.length - to));
    if (read == END) {
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

  /** How many bytes stand before. */
  long offset() {
    return offset;
  }

  Path file() {
    return file;
  }

  /** What to throw for bytes ahead that make it impossible to find what follows them. */
  HeadraceException refused(int distance, String reason) {
    long line = lineAt(distance);
    return refused(
            file,
            ", line %d %s. Mend the file; what follows cannot be found in it as it is."
                .formatted(line, reason))
        .at(place(line));
  }

  /** Where a line is, on one line. */
  String place(long line) {
    return Printable.of(file) + ", line " + line;
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
    input.close();
  }
}
