package io.headrace.simulation.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** A file: what programs see, what is durable, and the writes in between. */
final class DiskFile implements DiskNode {

  private static final int SECTOR = 512;

  private byte[] content = new byte[64];
  private int size;
  private byte[] durable = {};
  private final List<Write> pending = new ArrayList<>();

  private record Write(int offset, byte[] bytes) {}

  int size() {
    return size;
  }

  byte[] content() {
    return Arrays.copyOf(content, size);
  }

  byte[] durable() {
    return durable.clone();
  }

  int read(int offset, byte[] into, int at, int length) {
    if (offset >= size) {
      return -1;
    }
    int count = Math.min(length, size - offset);
    System.arraycopy(content, offset, into, at, count);
    return count;
  }

  void write(int offset, byte[] bytes) {
    pending.add(new Write(offset, bytes));
    apply(offset, bytes);
  }

  private void apply(int offset, byte[] bytes) {
    int end = offset + bytes.length;
    if (end > content.length) {
      content = Arrays.copyOf(content, Math.max(end, content.length * 2));
    }
    System.arraycopy(bytes, 0, content, offset, bytes.length);
    size = Math.max(size, end);
  }

  void truncate(int newSize) {
    if (newSize < size) {
      Arrays.fill(content, newSize, size, (byte) 0);
      size = newSize;
    }
  }

  void force() {
    durable = content();
    pending.clear();
  }

  /** Replaces what there is, durably: for tests that damage files. */
  void replace(byte[] bytes) {
    content = bytes.clone();
    size = bytes.length;
    force();
  }

  /** Keeps what is durable, and of the writes since what chance says. */
  void crash(SplittableRandom random) {
    List<Write> writes = List.copyOf(pending);
    pending.clear();
    content = Arrays.copyOf(durable, Math.max(64, durable.length));
    size = durable.length;
    for (Write write : writes) {
      switch (random.nextInt(5)) {
        case 0 -> apply(write.offset(), write.bytes());
        case 1 -> apply(write.offset(), torn(write.bytes(), random));
        default -> {
          // Lost.
        }
      }
    }
    durable = content();
  }

  /** Keeps everything: what a killed process leaves behind when the machine goes on. */
  void settle() {
    force();
  }

  /** Some sectors of what was written, the others full of zeros. */
  private static byte[] torn(byte[] bytes, SplittableRandom random) {
    byte[] torn = bytes.clone();
    for (int from = 0; from < torn.length; from += SECTOR) {
      if (random.nextBoolean()) {
        Arrays.fill(torn, from, Math.min(torn.length, from + SECTOR), (byte) 0);
      }
    }
    return Arrays.copyOf(torn, random.nextInt(torn.length + 1));
  }
}
