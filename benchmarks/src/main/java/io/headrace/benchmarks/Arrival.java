package io.headrace.benchmarks;

/**
 * What an event led to.
 *
 * @param event its number
 * @param sum the sum of its key
 */
record Arrival(long event, long sum) {}
