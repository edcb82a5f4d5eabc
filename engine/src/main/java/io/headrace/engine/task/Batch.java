package io.headrace.engine.task;

/**
 * Some values in order, with their keys and key hashes where they go to a keyed operator.
 *
 * <p>Filled by one thread, then read by another. A batch is not used again: its arrays are young
 * when they are filled, which is what garbage collectors are good at, and references stored into
 * old arrays are what they are bad at.
 */
final class Batch implements Item {

  static final int CAPACITY = 256;
  private static final Object[] NO_KEYS = {};
  private static final long[] NO_HASHES = {};

  final Object[] values = new Object[CAPACITY];
  final Object[] keys;
  final long[] hashes;
  int size;
  Provenance provenance = Provenance.UNKNOWN;

  private Batch(Object[] keys, long[] hashes) {
    this.keys = keys;
    this.hashes = hashes;
  }

  static Batch plain() {
    return new Batch(NO_KEYS, NO_HASHES);
  }

  static Batch keyed() {
    return new Batch(new Object[CAPACITY], new long[CAPACITY]);
  }

  void add(Object value) {
    values[size++] = value;
  }

  void add(Object value, Object key, long hash) {
    int at = size++;
    values[at] = value;
    keys[at] = key;
    hashes[at] = hash;
  }

  boolean isFull() {
    return size == CAPACITY;
  }
}
