package io.headrace.state;

/** An entry of a value state as checkpoints hold it. */
record ValueEntry<K, V>(K key, V value) {}
