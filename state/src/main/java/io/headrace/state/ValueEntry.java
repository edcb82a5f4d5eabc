package io.headrace.state;

/** An entry of a state with one value for a key, as checkpoints hold it. */
record ValueEntry<K, V>(K key, V value) {}
