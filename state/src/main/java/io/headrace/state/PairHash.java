package io.headrace.state;

import io.headrace.codec.Hash;

/**
 * The hash of a key and something within it: mixes both, so that the rows of one key spread over
 * the whole table, and is invertible for a given key, so that hashes tell its parts apart.
 */
final class PairHash {

  private PairHash() {}

  static long of(long keyHash, long partHash) {
    return Hash.mix(keyHash + Long.rotateLeft(partHash, Integer.SIZE));
  }

  /** The hash of the part. */
  static long part(long pairHash, long keyHash) {
    return Long.rotateLeft(Hash.unmix(pairHash) - keyHash, Integer.SIZE);
  }
}
