package io.headrace.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

/** Packs bytes. */
final class Gzip {

  private Gzip() {}

  /** One member. */
  static byte[] packed(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  /** Some members with parts of the content, some of them with all that a header may have. */
  static byte[] inMembers(byte[] content, SplittableRandom random) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    int at = 0;
    while (at < content.length || random.nextInt(3) == 0) {
      int next = Math.min(content.length, at + random.nextInt(content.length / 2 + 2));
      byte[] member = packed(Arrays.copyOfRange(content, at, next));
      packed.writeBytes(random.nextBoolean() ? member : withFullHeader(member));
      at = next;
    }
    return packed.toByteArray();
  }

  /** The same member with an extra field, a name, a comment and a checksum of its header. */
  static byte[] withFullHeader(byte[] member) {
    ByteArrayOutputStream full = new ByteArrayOutputStream();
    full.write(member, 0, 3);
    full.write(2 | 4 | 8 | 16);
    full.write(member, 4, 6);
    full.writeBytes(new byte[] {3, 0, 1, 0, 2});
    full.writeBytes(new byte[] {'a', 0, 'b', 'c', 0});
    CRC32 checksum = new CRC32();
    checksum.update(full.toByteArray());
    full.write((int) checksum.getValue());
    full.write((int) checksum.getValue() >> 8);
    full.write(member, 10, member.length - 10);
    return full.toByteArray();
  }
}
