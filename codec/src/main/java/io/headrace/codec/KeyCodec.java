package io.headrace.codec;

/**
 * What makes values of a type usable as keys: a hash of 64 well mixed bits and an equality that
 * both follow from the encoded form, identical in every JVM. Immutable; any thread may use it.
 *
 * @param <K> the type of the keys
 */
public interface KeyCodec<K> {

  /** The codec of the keys. */
  Codec<K> codec();

  /** The place of a key in the hash space. Equal keys have equal hashes. */
  long hash(K key);

  /**
   * Whether the hash is a one-to-one image of the key (integers, longs, instants in milliseconds
   * and the like): then equal hashes mean equal keys, and {@link #fromHash} gives the key back.
   */
  boolean isHashInvertible();

  /** The key of a hash; only where {@link #isHashInvertible}. */
  K fromHash(long hash);
}
