package io.headrace.benchmarks;

/**
 * An event as an object, for the engines that pass objects. The fields can be set so that an engine
 * that copies events anyway may use one object again and again.
 */
final class Event {

  private long key;
  private long value;

  /** Makes this the event of that number and returns it. */
  Event drawn(long event, int keys) {
    key = Workload.key(event, keys);
    value = Workload.value(key);
    return this;
  }

  /** Makes this the event of that key and value and returns it. */
  Event of(long ofKey, long ofValue) {
    key = ofKey;
    value = ofValue;
    return this;
  }

  /** The key. */
  long key() {
    return key;
  }

  /** The value. */
  long value() {
    return value;
  }
}
