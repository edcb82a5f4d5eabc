package io.headrace.codec;

/** Values to bytes and back, in one call. */
final class TestBytes {

  private TestBytes() {}

  static <T> byte[] encode(Codec<T> codec, T value) {
    Encoder out = new Encoder();
    codec.encode(value, out);
    return out.toBytes();
  }

  static <T> T decode(Codec<T> codec, byte[] bytes) {
    return codec.decode(new Decoder(bytes));
  }
}
