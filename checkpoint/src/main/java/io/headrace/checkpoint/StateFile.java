package io.headrace.checkpoint;

import io.headrace.codec.HashRange;
import java.util.List;

/**
 * A state file as a manifest names it.
 *
 * @param name its name in the checkpoint's folder
 * @param task which task of the operator wrote it
 * @param length in bytes
 * @param entries how many entries it holds
 * @param blocks its blocks, in order
 */
public record StateFile(String name, int task, long length, long entries, List<Block> blocks) {

  /** Copies and checks. */
  public StateFile {
    blocks = List.copyOf(blocks);
    if (!FileNames.isStateFile(name)) {
      throw new IllegalArgumentException("\"" + name + "\" is not the name of a state file");
    }
    long sum = 0;
    long end = 0;
    for (Block block : blocks) {
      if (block.offset() < end) {
        throw new IllegalArgumentException("the blocks of " + name + " overlap");
      }
      if (block.offset() > length - block.length()) {
        throw new IllegalArgumentException("a block of " + name + " ends behind it");
      }
      end = block.offset() + block.length();
      sum += block.entries();
    }
    if (sum != entries || length < 0) {
      throw new IllegalArgumentException("the blocks of " + name + " do not add up");
    }
  }

  /**
   * A block of entries.
   *
   * @param offset where its entries begin in the file
   * @param length how many bytes they are
   * @param entries how many there are
   * @param firstHash the smallest hash of their keys, unsigned
   * @param lastHash the largest hash of their keys, unsigned
   * @param crc32c the checksum of their bytes
   */
  public record Block(
      long offset, int length, int entries, long firstHash, long lastHash, long crc32c) {

    /** Checks the numbers. */
    public Block {
      if (offset < 0 || length < 0 || entries < 1) {
        throw new IllegalArgumentException(
            "a block of %d entries in %d bytes at %d".formatted(entries, length, offset));
      }
      if (Long.compareUnsigned(firstHash, lastHash) > 0) {
        throw new IllegalArgumentException(
            "a block of hashes from %x to %x".formatted(firstHash, lastHash));
      }
    }

    /** The hashes of its keys lie in this range. */
    public HashRange range() {
      return new HashRange(firstHash, lastHash);
    }
  }
}
