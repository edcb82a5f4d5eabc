package io.headrace.simulation.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that grow; bytes that were never written are zero. */
final class Content {

  private byte[] bytes;
  private int size;

  Content() {
    this(new byte[0]);
  }

  private Content(byte[] bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  Content copy() {
    return new Content(toBytes());
  }

  boolean isSame(Content other) {
    return Arrays.equals(bytes, 0, size, other.bytes, 0, other.size);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  int size() {
    return size;
  }

  /** Cuts or, with zeros, extends. */
  void resize(int wanted) {
    if (wanted > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, wanted * 2L + 64));
    } else if (wanted < size) {
      Arrays.fill(bytes, wanted, size, (byte) 0);
    }
    size = wanted;
  }

  /** Writes the bytes of an array in a range of its indexes, the first of them at the offset. */
  void write(int offset, byte[] from, int start, int end) {
    if (start == end) {
      return;
    }
    int last = Math.addExact(offset, end - start);
    if (last > size) {
      resize(last);
    }
    System.arraycopy(from, start, bytes, offset, end - start);
  }

  /** Puts as many bytes as there are, and as the buffer has room for, and returns how many. */
  int read(int offset, ByteBuffer target) {
    int length = Math.min(target.remaining(), size - offset);
    target.put(bytes, offset, length);
    return length;
  }

  void flip(int offset, int mask) {
    bytes[offset] = (byte) (bytes[offset] ^ mask);
  }
}
