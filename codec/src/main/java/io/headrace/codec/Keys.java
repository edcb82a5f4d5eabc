package io.headrace.codec;

import java.util.Set;

/**
 * Hashes of keys: of numbers, dates and the like by their one word, which the hash gives back; of
 * strings by their UTF-8 bytes; of enums by those of their constant's name; of all others by their
 * encoded form, in which such names stand for constants and for the branches of sealed types.
 *
 * <p>Part of the checkpoint format: never changed.
 */
final class Keys {

  private static final Set<Class<?>> FLOATING = Set.of(Float.class, Double.class);

  private Keys() {}

  /**
   * What makes a key of a codec.
   *
   * @param hashed the codec of the same type in the form for hashes
   */
  static <K> KeyCodec<K> of(Codec<K> codec, Codec<K> hashed) {
    if (codec.type() == Long.class) {
      return new Longs<>(codec);
    }
    if (codec.type() == String.class) {
      return new Strings<>(codec);
    }
    if (hashed instanceof EnumCodec constants) {
      return new Enums<>(codec, constants);
    }
    if (codec instanceof ScalarCodec<K>
        && !FLOATING.contains(Types.raw(codec.type()))
        && codec.words().orElse(null) instanceof OneWord<K> layout) {
      return new Words<>(codec, layout);
    }
    return new Encoded<>(codec, hashed);
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

  private record Longs<K>(Codec<K> codec) implements KeyCodec<K> {

    @Override
    public long hash(K key) {
      return Hash.mix(UnencodableException.instance(Long.class, key));
    }

    @Override
    public boolean isHashInvertible() {
      return true;
    }

    @Override
    @SuppressWarnings("unchecked") // Made for K = Long.
    public K fromHash(long hash) {
      return (K) (Long) Hash.unmix(hash);
    }
  }

  private record Words<K>(Codec<K> codec, OneWord<K> layout) implements KeyCodec<K> {

    @Override
    public long hash(K key) {
      return Hash.mix(layout.word(key));
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

  private record Strings<K>(Codec<K> codec) implements OneWay<K> {

    @Override
    public long hash(K key) {
      return Hash.ofText(UnencodableException.instance(String.class, key));
    }
  }

  private record Enums<K>(Codec<K> codec, EnumCodec constants) implements OneWay<K> {

    @Override
    public long hash(K key) {
      return constants.mark(key);
    }
  }

  private record Encoded<K>(Codec<K> codec, Codec<K> hashed) implements OneWay<K> {

    @Override
    public long hash(K key) {
      Encoder out = new Encoder(64);
      hashed.encode(key, out);
      return Hash.ofBytes(out.buffer(), 0, out.size(), 0);
    }
  }
}
