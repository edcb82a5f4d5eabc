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
  private static final long[] NO_LONGS = {};

  final Object[] values = new Object[CAPACITY];
  final Object[] keys;
  final long[] hashes;

  /** The event times of the values, in milliseconds; empty where there is no event time. */
  final long[] timestamps;

  /** Which of the streams of a keyed operator they are of, counted from 0. */
  final int stream;

  int size;
  Provenance provenance = Provenance.UNKNOWN;

  private Batch(Object[] keys, long[] hashes, boolean isTimed, int stream) {
    this.stream = stream;
    this.keys = keys;
    this.hashes = hashes;
    this.timestamps = isTimed ? new long[CAPACITY] : NO_LONGS;
  }

  /**
   * An empty batch of values without keys.
   *
   * @param isTimed whether they have timestamps, which are set before they are added
   */
  static Batch plain(boolean isTimed) {
    return new Batch(NO_KEYS, NO_LONGS, isTimed, 0);
  }

  /**
   * An empty batch of values with keys.
   *
   * @param stream which of the operator's streams they are of
   */
  static Batch keyed(boolean isTimed, int stream) {
    return new Batch(new Object[CAPACITY], new long[CAPACITY], isTimed, stream);
  }

  /**
   * An empty batch of values without keys that are broadcast to a keyed operator.
   *
   * @param stream which of the operator's streams they are of
   */
  static Batch broadcast(boolean isTimed, int stream) {
    return new Batch(NO_KEYS, NO_LONGS, isTimed, stream);
  }

  boolean isTimed() {
    return timestamps.length > 0;
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
