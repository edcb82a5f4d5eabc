package io.headrace.api;

/** A key and what belongs to it. */
public record KeyValue<K, V>(K key, V value) {}
