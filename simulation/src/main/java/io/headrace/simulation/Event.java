package io.headrace.simulation;

/**
 * What simulated sources deliver.
 *
 * @param key all events of a key come from one split
 * @param index the place in the split
 */
public record Event(String key, long index) {}
