package io.headrace.flink.types;

import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;
import io.headrace.codec.KeyCodec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A key as Flink sees it: what it is encoded as, with our hash. Equal when the encodings are.
 * Immutable.
 */
public final class EncodedKey {

  /** Stands for the key of a value whose key selector failed: the encoding of no key. */
  public static final EncodedKey FAILED = new EncodedKey(new byte[0], 0);

  private final byte[] bytes;
  private final long hash;

  private EncodedKey(byte[] bytes, long hash) {
    this.bytes = bytes;
    this.hash = hash;
  }

  /** A key. */
  public static <K> EncodedKey of(KeyCodec<K> keys, K key) {
    Encoder out = new Encoder(32);
    keys.codec().encode(key, out);
    return new EncodedKey(out.toBytes(), keys.hash(key));
  }

  static EncodedKey read(byte[] bytes, long hash) {
    return new EncodedKey(bytes, hash);
  }

  /** The key that it is. */
  public <K> K key(KeyCodec<K> keys) {
    return keys.codec().decode(new Decoder(bytes));
  }

  /** Its place in the hash space. */
  public long hash() {
    return hash;
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof EncodedKey key && key.hash == hash && Arrays.equals(key.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(hash);
  }

  @Override
  public String toString() {
    return "#%016x".formatted(hash);
  }
}
