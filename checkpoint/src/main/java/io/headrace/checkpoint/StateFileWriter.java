package io.headrace.checkpoint;

import io.headrace.api.connector.DurableFiles;
import io.headrace.codec.Encoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes the entries of one state of one task as an Avro container file. One thread that may block.
 *
 * <p>Order of calls: (entry, what is encoded)*, finish, close.
 */
public final class StateFileWriter implements AutoCloseable {

  private static final int BLOCK_BYTES = 1 << 16;

  private final StateFileId id;
  private final FileChannel channel;
  private final byte[] sync;
  private final Encoder block = new Encoder();
  private final List<StateFile.Block> blocks = new ArrayList<>();
  private long position;
  private long total;
  private int entries;
  private long firstHash;
  private long lastHash;

  StateFileWriter(Path folder, StateFileId id) throws IOException {
    this.id = id;
    this.sync = id.sync();
    this.channel = DurableFiles.open(folder.resolve(id.fileName()));
    try {
      write(id.header());
    } catch (IOException failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Begins an entry.
   *
   * @param keyHash the hash of its key
   * @return what the encoded entry is appended to, before the next call
   */
  public Encoder entry(long keyHash) throws IOException {
    if (block.size() >= BLOCK_BYTES) {
      endBlock();
    }
    if (entries == 0 || Long.compareUnsigned(keyHash, firstHash) < 0) {
      firstHash = keyHash;
    }
    if (entries == 0 || Long.compareUnsigned(keyHash, lastHash) > 0) {
      lastHash = keyHash;
    }
    entries++;
    return block;
  }

  private void endBlock() throws IOException {
    byte[] frame = Container.frame(entries, block.size());
    CRC32C checksum = new CRC32C();
    checksum.update(block.buffer(), 0, block.size());
    blocks.add(
        new StateFile.Block(
            position + frame.length,
            block.size(),
            entries,
            firstHash,
            lastHash,
            checksum.getValue()));
    total += entries;
    write(frame);
    DurableFiles.writeAll(channel, ByteBuffer.wrap(block.buffer(), 0, block.size()));
    position += block.size();
    write(sync);
    block.clear();
    entries = 0;
  }

  private void write(byte[] bytes) throws IOException {
    DurableFiles.writeAll(channel, ByteBuffer.wrap(bytes));
    position += bytes.length;
  }

  /** Makes the file durable. Its name is not yet: see {@link CheckpointStore#publish}. */
  public StateFile finish() throws IOException {
    if (entries > 0) {
      endBlock();
    }
    channel.force(true);
    return new StateFile(id.fileName(), id.task(), position, total, blocks);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
