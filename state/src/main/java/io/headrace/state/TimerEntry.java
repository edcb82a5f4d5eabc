package io.headrace.state;

import io.headrace.api.TimeDomain;

/**
 * A timer as checkpoints hold it.
 *
 * @param time in milliseconds since 1970
 */
record TimerEntry<K>(K key, TimeDomain domain, long time) {}
