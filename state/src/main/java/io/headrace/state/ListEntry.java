package io.headrace.state;

/**
 * An entry of a list state as checkpoints hold it.
 *
 * @param index the place in the key's list, counted from 0
 */
record ListEntry<K, V>(K key, long index, V value) {}
