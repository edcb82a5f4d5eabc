package io.headrace.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Appends Avro's primitive forms to a buffer that grows. One thread at a time.
 *
 * <p>The buffer may be read where it stands, from 0 to {@link #size}, until the next append.
 */
public final class Encoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int LONGEST_VARINT = 10;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** How deeply records may be nested in each other. */
  static final int MOST_DEEP = 100;

  private byte[] bytes;
  private int size;
  private int depth;

  /** An empty buffer with room for some hundred bytes. */
  public Encoder() {
    this(256);
  }

  /** An empty buffer with room for a number of bytes. */
  public Encoder(int capacity) {
    this.bytes = new byte[capacity];
  }

  /** The bytes appended so far stand in this array, from 0 to {@link #size}. */
  public byte[] buffer() {
    return bytes;
  }

  /** How many bytes were appended. */
  public int size() {
    return size;
  }

  /** A copy of the bytes appended. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins a record within the one before. */
  void descend() {
    if (++depth > MOST_DEEP) {
      depth = 0;
      throw new UnencodableException(
          "is a record nested in more than " + MOST_DEEP + " others. Keep long chains in a List.");
    }
  }

  /** Ends a record. */
  void ascend() {
    depth--;
  }

  /** Forgets what was appended. */
  public void clear() {
    size = 0;
    depth = 0;
  }

  /** Forgets what was appended after there were {@code size} bytes. */
  public void truncate(int size) {
    if (size < 0 || size > this.size) {
      throw new IllegalArgumentException(
          "cannot truncate " + this.size + " bytes to " + size + " bytes");
    }
    this.size = size;
    depth = 0;
  }

  /** An empty buffer for a part of the value that is being written to this one. */
  Encoder forPart() {
    Encoder part = new Encoder(32);
    part.depth = depth;
    return part;
  }

  /** Avro's boolean: one byte, 0 or 1. */
  public void writeBoolean(boolean value) {
    ensure(1);
    bytes[size++] = (byte) (value ? 1 : 0);
  }

  /** Avro's int: zigzag, then 7 bits a byte, low bits first. */
  public void writeInt(int value) {
    writeVarint(((value << 1) ^ (value >> 31)) & 0xffffffffL);
  }

  /** Avro's long: zigzag, then 7 bits a byte, low bits first. */
  public void writeLong(long value) {
    writeVarint((value << 1) ^ (value >> 63));
  }

  private void writeVarint(long zigzag) {
    ensure(LONGEST_VARINT);
    long rest = zigzag;
    while ((rest & ~0x7fL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Avro's float: four bytes, little endian. */
  public void writeFloat(float value) {
    ensure(Integer.BYTES);
    INTS.set(bytes, size, Float.floatToIntBits(value));
    size += Integer.BYTES;
  }

  /** Avro's double: eight bytes, little endian. */
  public void writeDouble(double value) {
    ensure(Long.BYTES);
    LONGS.set(bytes, size, Double.doubleToLongBits(value));
    size += Long.BYTES;
  }

  /**
   * Avro's string: a long with the number of bytes, then UTF-8.
   *
   * @throws io.headrace.api.HeadraceException with {@code VALUE_NOT_ENCODABLE} when half of a
   *     surrogate pair is missing
   */
  public void writeString(String value) {
    writeBytes(Utf8.bytes(value));
  }

  /** Avro's bytes: a long with their number, then the bytes. */
  public void writeBytes(byte[] value) {
    writeLong(value.length);
    writeFixed(value, 0, value.length);
  }

  /** Bytes as they are, without their number. */
  public void writeFixed(byte[] value, int from, int length) {
    ensure(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      grow((long) size + more);
    }
  }

  private void grow(long needed) {
    if (needed > LONGEST_ARRAY) {
      throw new UnencodableException("takes more than 2 GB. Keep large values outside of the job.");
    }
    bytes =
        Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * bytes.length), LONGEST_ARRAY));
  }
}
