package io.headrace.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads Avro's primitive forms from a range of a byte array. One thread at a time. Nothing is read
 * or allocated beyond what the range holds.
 */
public final class Decoder {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes;
  private int at;
  private int end;
  private int depth;

  /** Reads a whole array. */
  public Decoder(byte[] bytes) {
    this(bytes, 0, bytes.length);
  }

  /** Reads {@code bytes[from]} up to but without {@code bytes[to]}. */
  public Decoder(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
  }

  /** Goes on with another range of another array. */
  public void reset(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.depth = 0;
  }

  /** Begins a record within the one before. */
  void descend() {
    if (++depth > Encoder.MOST_DEEP) {
      throw new MalformedDataException(
          "Records are nested more than " + Encoder.MOST_DEEP + " deep at byte " + at + ".");
    }
  }

  /** Ends a record. */
  void ascend() {
    depth--;
  }

  /** The index in the array of the next byte. */
  public int position() {
    return at;
  }

  /** How many bytes are left. */
  public int remaining() {
    return end - at;
  }

  /** Avro's boolean. */
  public boolean readBoolean() {
    need(1);
    byte value = bytes[at++];
    if ((value & ~1) != 0) {
      throw new MalformedDataException(
          "A boolean is 0 or 1, but byte " + (at - 1) + " is " + value + ".");
    }
    return value == 1;
  }

  /** Avro's int. */
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new MalformedDataException(
          "An int has 32 bits, but before byte " + at + " stands " + value + ".");
    }
    return (int) value;
  }

  /** Avro's long. */
  public long readLong() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      need(1);
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new MalformedDataException(
        "A long has at most 10 bytes, but the one before byte " + at + " goes on.");
  }

  /** Avro's float. */
  public float readFloat() {
    need(Integer.BYTES);
    float value = Float.intBitsToFloat((int) INTS.get(bytes, at));
    at += Integer.BYTES;
    return value;
  }

  /** Avro's double. */
  public double readDouble() {
    need(Long.BYTES);
    double value = Double.longBitsToDouble((long) LONGS.get(bytes, at));
    at += Long.BYTES;
    return value;
  }

  /** Avro's string. */
  public String readString() {
    int length = readLength();
    String value = Utf8.text(bytes, at, length);
    at += length;
    return value;
  }

  /** Avro's bytes. */
  public byte[] readBytes() {
    return readFixed(readLength());
  }

  /** A number of bytes as they are. */
  public byte[] readFixed(int length) {
    need(length);
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  private int readLength() {
    long length = readLong();
    if (length < 0 || length > remaining()) {
      throw new MalformedDataException(
          "A length of "
              + length
              + " stands before byte "
              + at
              + ", but "
              + remaining()
              + " bytes are left.");
    }
    return (int) length;
  }

  private void need(int count) {
    if (count < 0 || end - at < count) {
      throw new MalformedDataException(
          count + " bytes are needed at byte " + at + ", but " + remaining() + " are left.");
    }
  }
}
