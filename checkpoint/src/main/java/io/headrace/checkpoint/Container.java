package io.headrace.checkpoint;

import io.headrace.codec.Encoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The frame of Avro's object container files (Avro specification 1.12, "Object Container Files").
 */
final class Container {

  static final int SYNC_LENGTH = 16;
  static final String SCHEMA = "avro.schema";
  static final String CODEC = "avro.codec";
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};

  private Container() {}

  /** The bytes before the first block. */
  static byte[] header(String schema, Map<String, String> properties, byte[] sync) {
    SortedMap<String, String> metadata = new TreeMap<>(properties);
    metadata.put(CODEC, "null");
    metadata.put(SCHEMA, schema);
    Encoder out = new Encoder(1024);
    out.writeFixed(MAGIC, 0, MAGIC.length);
    out.writeLong(metadata.size());
    metadata.forEach(
        (key, value) -> {
          out.writeString(key);
          out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        });
    out.writeLong(0);
    out.writeFixed(sync, 0, SYNC_LENGTH);
    return out.toBytes();
  }

  /** The bytes before the entries of a block. */
  static byte[] frame(int entries, int length) {
    Encoder out = new Encoder(20);
    out.writeLong(entries);
    out.writeLong(length);
    return out.toBytes();
  }

  /** A sync marker that follows from some content. */
  static byte[] sync(String... content) {
    MessageDigest digest = sha256();
    for (String part : content) {
      digest.update(part.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return Arrays.copyOf(digest.digest(), SYNC_LENGTH);
  }

  /** A sync marker that follows from a schema and everything that is written with it. */
  static byte[] sync(String schema, byte[] payload) {
    MessageDigest digest = sha256();
    digest.update(schema.getBytes(StandardCharsets.UTF_8));
    digest.update(payload);
    return Arrays.copyOf(digest.digest(), SYNC_LENGTH);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
