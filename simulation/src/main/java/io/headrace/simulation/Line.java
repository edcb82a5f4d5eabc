package io.headrace.simulation;

/**
 * What simulated sinks are given.
 *
 * @param key lines of one key have an order
 * @param count how many values of the key there were so far
 * @param detail what else the state of the key held
 */
public record Line(String key, long count, String detail) {

  Line withoutDetail() {
    return new Line(key, count, "");
  }
}
