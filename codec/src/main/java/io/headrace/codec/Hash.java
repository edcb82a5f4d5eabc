package io.headrace.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The hash space: 64 bits whose top bits say which task and segment, and whose low bits say which
 * slot. Part of the checkpoint format: never changed.
 *
 * <p>Words are mixed by two rounds of multiply and xor-shift (the finalizer of Murmur3 by Austin
 * Appleby with the constants of David Stafford's variant 13), a bijection, so that different words
 * never collide. Bytes are folded eight at a time by the same rounds.
 */
public final class Hash {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long FIRST = 0xbf58476d1ce4e5b9L;
  private static final long SECOND = 0x94d049bb133111ebL;
  private static final long FIRST_INVERSE = 0x96de1b173f119089L;
  private static final long SECOND_INVERSE = 0x319642b2d24d8ec3L;
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Hash() {}

  /** The hash of one word: a bijection. */
  public static long mix(long word) {
    long z = word + GOLDEN;
    z = (z ^ (z >>> 30)) * FIRST;
    z = (z ^ (z >>> 27)) * SECOND;
    return z ^ (z >>> 31);
  }

  /** The word whose hash this is. */
  public static long unmix(long hash) {
    long z = hash ^ (hash >>> 31) ^ (hash >>> 62);
    z *= SECOND_INVERSE;
    z = z ^ (z >>> 27) ^ (z >>> 54);
    z *= FIRST_INVERSE;
    z = z ^ (z >>> 30) ^ (z >>> 60);
    return z - GOLDEN;
  }

  /** The hash of the UTF-8 bytes of a text, as a key has it. */
  static long ofText(String text) {
    byte[] bytes = Utf8.bytes(text);
    return ofBytes(bytes, 0, bytes.length, 0);
  }

  /** The hash of bytes, for a seed; keys use seed 0. */
  public static long ofBytes(byte[] bytes, int from, int to, long seed) {
    long hash = seed ^ mix(to - from);
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    if (at < to) {
      long tail = 0;
      for (int shift = 0; at < to; at++, shift += Byte.SIZE) {
        tail |= (bytes[at] & 0xffL) << shift;
      }
      hash = mix(hash ^ tail);
    }
    return hash;
  }
}
