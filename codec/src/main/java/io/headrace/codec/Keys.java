package io.headrace.codec;

import java.nio.charset.StandardCharsets;

/** Hashes of keys, from their encoded form. */
final class Keys {

  private Keys() {}

  @SuppressWarnings("unchecked") // The codec tells its type.
  static <K> KeyCodec<K> of(Codec<K> codec) {
    if (codec.type() == String.class) {
      return (KeyCodec<K>) new Strings((Codec<String>) codec);
    }
    boolean isWord =
        codec instanceof ScalarCodec<K> scalar
            && scalar.words().filter(OneWord.class::isInstance).isPresent()
            && scalar.type() != Float.class
            && scalar.type() != Double.class;
    if (codec.type() == Long.class || isWord) {
      return new Words<>(codec, codec.words().orElseThrow());
    }
    return new Encoded<>(codec);
  }

  /** Keys of one word: the hash is a bijection of it. */
  private record Words<K>(Codec<K> codec, WordLayout<K> layout) implements KeyCodec<K> {

    @Override
    public long hash(K key) {
      if (key instanceof Long number) {
        return Hash.mix(number);
      }
      long[] word = new long[1];
      layout.store(key, word, 0);
      return Hash.mix(word[0]);
    }

    @Override
    public boolean isHashInvertible() {
      return true;
    }

    @Override
    public K fromHash(long hash) {
      return layout.load(new long[] {Hash.unmix(hash)}, 0);
    }
  }

  /** Strings, hashed over the bytes of their encoding's content. */
  private record Strings(Codec<String> codec) implements KeyCodec<String> {

    @Override
    public long hash(String key) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      return Hash.ofBytes(bytes, 0, bytes.length, 0);
    }

    @Override
    public boolean isHashInvertible() {
      return false;
    }

    @Override
    public String fromHash(long hash) {
      throw new UnsupportedOperationException("a string does not follow from its hash");
    }
  }

  /** All other keys, hashed over their encoding. */
  private record Encoded<K>(Codec<K> codec) implements KeyCodec<K> {

    @Override
    public long hash(K key) {
      Encoder out = new Encoder(64);
      codec.encode(key, out);
      return Hash.ofBytes(out.buffer(), 0, out.size(), 0);
    }

    @Override
    public boolean isHashInvertible() {
      return false;
    }

    @Override
    public K fromHash(long hash) {
      throw new UnsupportedOperationException("a key does not follow from its hash");
    }
  }
}
