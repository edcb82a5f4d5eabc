package io.headrace.state;

import io.headrace.codec.Codec;
import io.headrace.codec.Decoder;
import io.headrace.codec.Encoder;

/**
 * What a key has before anything was set. Of a type whose values may be changed, each key gets a
 * copy of its own. The owner's thread.
 */
final class Initial<V> {

  private final Codec<V> codec;
  private final V value;
  private final byte[] encoded;

  /** Encodes the value, which finds out whether it can be. */
  Initial(Codec<V> codec, V value) {
    Encoder out = new Encoder();
    codec.encode(value, out);
    this.codec = codec;
    this.value = value;
    this.encoded = out.toBytes();
  }

  V value() {
    return codec.isImmutable() ? value : copy();
  }

  V copy() {
    return codec.decode(new Decoder(encoded));
  }

  byte[] encoded() {
    return encoded;
  }
}
