package io.headrace.benchmarks;

/**
 * What W6 keeps for each customer, and what it emits.
 *
 * @param orders how many there were
 * @param cents the sum of them
 * @param items the sum of them
 * @param weight the sum of them, in kilograms
 */
record Totals(long orders, long cents, long items, double weight) {

  /** Before the first order. */
  static final Totals NONE = new Totals(0, 0, 0, 0);

  /** These and one order more. */
  Totals plus(Order order) {
    return new Totals(
        orders + 1, cents + order.cents(), items + order.items(), weight + order.weight());
  }

  /** A number to which each field adds its part. */
  long digest() {
    return digest(orders, cents, items, weight);
  }

  /** How much one more order of the customer with this key adds to {@link #digest}. */
  static long stepOf(long key) {
    return digest(1, Order.cents(key), Order.items(key), Order.weight(key));
  }

  private static long digest(long orders, long cents, long items, double weight) {
    return orders + 3 * cents + 5 * items + 7 * (long) (8 * weight);
  }
}
