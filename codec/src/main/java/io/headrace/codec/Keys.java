package io.headrace.codec;

import java.util.Set;

/**
 * Hashes of keys: of numbers, dates and the like by their one word, which the hash gives back; of
 * strings by their UTF-8 bytes; of enums by the UTF-8 bytes of their constant's name, so that
 * constants may be put in another order; of all others by their encoded form.
 */
final class Keys {

  private static final Set<Class<?>> FLOATING = Set.of(Float.class, Double.class);

  private Keys() {}

  @SuppressWarnings("unchecked") // The codec tells its type.
  static <K> KeyCodec<K> of(Codec<K> codec) {
    if (codec.type() == Long.class) {
      return (KeyCodec<K>) new Longs((Codec<Long>) codec);
    }
    if (codec.type() == String.class) {
      return (KeyCodec<K>) new Strings((Codec<String>) codec);
    }
    if (codec instanceof EnumCodec) {
      return new Enums<>(codec);
    }
    if (codec instanceof ScalarCodec<K>
        && !FLOATING.contains(Types.raw(codec.type()))
        && codec.words().orElse(null) instanceof OneWord<K> layout) {
      return new Words<>(codec, layout);
    }
    return new Encoded<>(codec);
  }

  /** Keys whose hash is not a one-to-one image of them. */
  private interface OneWay<K> extends KeyCodec<K> {

    @Override
    default boolean isHashInvertible() {
      return false;
    }

    @Override
    default K fromHash(long hash) {
      throw new UnsupportedOperationException(
          "A " + codec().type().getTypeName() + " does not follow from its hash.");
    }
  }

  private record Longs(Codec<Long> codec) implements KeyCodec<Long> {

    @Override
    public long hash(Long key) {
      return Hash.mix(key);
    }

    @Override
    public boolean isHashInvertible() {
      return true;
    }

    @Override
    public Long fromHash(long hash) {
      return Hash.unmix(hash);
    }
  }

  private record Words<K>(Codec<K> codec, OneWord<K> layout) implements KeyCodec<K> {

    @Override
    public long hash(K key) {
      return Hash.mix(layout.toWord().applyAsLong(key));
    }

    @Override
    public boolean isHashInvertible() {
      return true;
    }

    @Override
    public K fromHash(long hash) {
      return layout.fromWord().apply(Hash.unmix(hash));
    }
  }

  private record Strings(Codec<String> codec) implements OneWay<String> {

    @Override
    public long hash(String key) {
      return ofText(key);
    }
  }

  private record Enums<K>(Codec<K> codec) implements OneWay<K> {

    @Override
    public long hash(K key) {
      return ofText(((Enum<?>) key).name());
    }
  }

  private record Encoded<K>(Codec<K> codec) implements OneWay<K> {

    @Override
    public long hash(K key) {
      Encoder out = new Encoder(64);
      codec.encode(key, out);
      return Hash.ofBytes(out.buffer(), 0, out.size(), 0);
    }
  }

  private static long ofText(String text) {
    byte[] bytes = Utf8.bytes(text);
    return Hash.ofBytes(bytes, 0, bytes.length, 0);
  }
}
