package io.headrace.flink.operators;

/** An entry of a broadcast state as it is stored, by its place in the order of the map. */
record BroadcastEntry<M, V>(M key, V value) {}
