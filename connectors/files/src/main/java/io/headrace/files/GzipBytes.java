package io.headrace.files;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import io.headrace.api.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a gzip file (RFC 1952) holds, all of its members.
 *
 * <p>{@code java.util.zip.GZIPInputStream} takes whatever is not the header of a member for the end
 * of the file, and so would lose what follows without a word; here it is refused.
 */
final class GzipBytes implements FileBytes {

  /** Real data shrinks to a tenth, rarely to a hundredth; gzip can do about a thousandth. */
  private static final long MOST_RATIO = 256;

  /** From here on the ratio counts: small files may be what they like. */
  private static final long MOST_WITHOUT_RATIO = 1 << 24;

  private static final int INPUT_BYTES = 1 << 16;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int RESERVED = 0xe0;

  private final Path file;
  private final FileBytes compressed;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 checksum = new CRC32();
  private final byte[] input = new byte[INPUT_BYTES];
  private int from;
  private int to;
  private long taken;
  private long given;
  private boolean isInMember;

  GzipBytes(Path file, FileBytes compressed) {
    this.file = file;
    this.compressed = compressed;
  }

  @Override
  public int read(byte[] into, int at, int most) throws IOException {
    while (isInMember || beginMember()) {
      int read = inflate(into, at, most);
      if (read > 0) {
        return read;
      }
      if (inflater.finished()) {
        endMember();
      } else if (inflater.needsInput()) {
        giveInput();
      } else {
        throw refused("it needs a dictionary");
      }
    }
    return ByteWindow.END;
  }

  private int inflate(byte[] into, int at, int most) {
    int read;
    try {
      read = inflater.inflate(into, at, most);
    } catch (DataFormatException damaged) {
      throw refused("it is damaged (" + damaged.getMessage() + ")");
    }
    checksum.update(into, at, read);
    given += read;
    if (given > MOST_WITHOUT_RATIO && given / MOST_RATIO > taken) {
      throw refused(
          "it becomes more than %d times as long when it is unpacked, as files do that are made to fill memories and disks"
              .formatted(MOST_RATIO));
    }
    return read;
  }

  private void giveInput() throws IOException {
    if (from == to && !fill()) {
      throw refused("it ends within a member");
    }
    inflater.setInput(input, from, to - from);
    from = to;
  }

  /** Returns false at the end of the file. */
  private boolean beginMember() throws IOException {
    if (taken > 0 && from == to && !fill()) {
      return false;
    }
    if (next() != 0x1f || next() != 0x8b || next() != DEFLATE) {
      throw refused("something else than a member of a gzip file stands in it");
    }
    int flags = next();
    if ((flags & RESERVED) != 0) {
      throw refused("a header has unknown flags");
    }
    skip(6);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << 8);
    }
    if ((flags & NAME) != 0) {
      skipText();
    }
    if ((flags & COMMENT) != 0) {
      skipText();
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2);
    }
    inflater.reset();
    checksum.reset();
    isInMember = true;
    return true;
  }

  private void endMember() throws IOException {
    from = to - inflater.getRemaining();
    if (number() != checksum.getValue() || number() != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw refused("it is damaged (its checksum is another)");
    }
    isInMember = false;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  private void skipText() throws IOException {
    while (next() != 0) {
      // Names and comments end with a zero.
    }
  }

  private long number() throws IOException {
    return next() | next() << 8 | next() << 16 | (long) next() << 24;
  }

  private int next() throws IOException {
    if (from == to && !fill()) {
      throw refused("it ends within a member");
    }
    return input[from++] & 0xff;
  }

  private boolean fill() throws IOException {
    int read = compressed.read(input, 0, input.length);
    from = 0;
    to = Math.max(read, 0);
    taken += to;
    return to > 0;
  }

  private HeadraceException refused(String reason) {
    return new HeadraceException(
        ErrorCode.INPUT_REFUSED,
        "File "
            + Printable.of(file)
            + " cannot be unpacked behind byte "
            + given
            + " of its content: "
            + reason
            + ". Bring it back whole, or unpack it by other means and read that.");
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    compressed.close();
  }
}
