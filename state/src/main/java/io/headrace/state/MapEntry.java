package io.headrace.state;

/**
 * An entry of a map state as checkpoints hold it.
 *
 * @param index the place in the order of the key's map, counted from 0
 */
record MapEntry<K, M, V>(K key, M mapKey, long index, V value) {}
