package io.headrace.checkpoint;

import io.headrace.codec.Decoder;
import io.headrace.codec.HashRange;
import io.headrace.codec.MalformedDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads a state file, every byte of which follows from the manifest and from what stands in it:
 * what differs is damage. One thread that may block.
 */
public final class StateFileReader {

  private final Path file;
  private final StateFileId id;
  private final StateFile expected;

  /**
   * A reader of a file in a folder.
   *
   * @param id what the file must hold
   * @param expected what the manifest says of it
   */
  StateFileReader(Path folder, StateFileId id, StateFile expected) {
    this.file = folder.resolve(expected.name());
    this.id = id;
    this.expected = expected;
  }

  /** Takes the entries of one block. */
  @FunctionalInterface
  public interface BlockVisitor {
    /** As many entries as said stand in the decoder, and nothing else. */
    void block(Decoder entries, int count) throws IOException;
  }

  /**
   * Reads the blocks that may hold keys of a range.
   *
   * @throws io.headrace.api.HeadraceException with {@code CHECKPOINT_DAMAGED} and the file when it
   *     is not what was written
   */
  public void read(HashRange wanted, BlockVisitor visitor) throws IOException {
    try (SeekableByteChannel channel = Links.open(file)) {
      long length = channel.size();
      if (length != expected.length()) {
        throw Damage.in(file, "it has " + length + " bytes instead of " + expected.length());
      }
      long position = expect(channel, 0, id.header(), "header");
      byte[] sync = id.sync();
      for (StateFile.Block block : expected.blocks()) {
        byte[] frame = Container.frame(block.entries(), block.length());
        position = expect(channel, position, frame, "frame of the block");
        if (position != block.offset()) {
          throw Damage.in(file, "a block begins at " + position + ", not " + block.offset());
        }
        if (block.range().overlaps(wanted)) {
          visit(block, readFully(channel, position, block.length()), visitor);
        }
        position = expect(channel, position + block.length(), sync, "sync marker");
      }
      if (position != length) {
        throw Damage.in(file, (length - position) + " bytes follow its last block");
      }
    } catch (NoSuchFileException missing) {
      throw Damage.in(file, "it is missing", missing);
    }
  }

  private void visit(StateFile.Block block, byte[] bytes, BlockVisitor visitor) throws IOException {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, bytes.length);
    if (checksum.getValue() != block.crc32c()) {
      throw Damage.in(file, "the checksum of the block at " + block.offset() + " does not match");
    }
    Decoder entries = new Decoder(bytes);
    try {
      visitor.block(entries, block.entries());
    } catch (MalformedDataException malformed) {
      throw Damage.unreadable(
          file, "the block at " + block.offset() + " cannot be read", malformed);
    }
  }

  private long expect(SeekableByteChannel channel, long position, byte[] wanted, String what)
      throws IOException {
    if (!Arrays.equals(wanted, readFully(channel, position, wanted.length))) {
      throw Damage.in(file, "the " + what + " at byte " + position + " is not what was written");
    }
    return position + wanted.length;
  }

  /** Reads bytes that the manifest accounts for; the file is as long as the manifest says. */
  private byte[] readFully(SeekableByteChannel channel, long position, int length)
      throws IOException {
    if (position + length > expected.length()) {
      throw Damage.in(file, "it ends before byte " + (position + length));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    channel.position(position);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw Damage.in(file, "it ends while it is read");
      }
    }
    return buffer.array();
  }
}
