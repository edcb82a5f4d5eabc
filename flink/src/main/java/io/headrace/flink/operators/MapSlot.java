package io.headrace.flink.operators;

/**
 * The value of a map key.
 *
 * @param place where the map key is in the order of the map
 */
record MapSlot<V>(int place, V value) {}
