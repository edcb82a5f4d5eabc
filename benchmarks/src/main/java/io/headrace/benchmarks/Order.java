package io.headrace.benchmarks;

import java.nio.charset.StandardCharsets;

/**
 * The event of W6.
 *
 * @param customer the key
 * @param cents the sum of it
 * @param items how many things were ordered
 * @param weight in kilograms; a multiple of an eighth, so that sums are exact in any order
 */
record Order(String customer, long cents, int items, double weight) {

  private static final String PREFIX = "customer-";
  private static final int DIGITS = 8;
  private static final byte[] LETTERS = PREFIX.getBytes(StandardCharsets.ISO_8859_1);

  /** The order of that number. Everything but the customer depends on the customer alone. */
  static Order drawn(long event, int keys) {
    return of(Workload.ordinal(event, keys));
  }

  private static Order of(int customer) {
    long key = Workload.mix(customer);
    return new Order(name(customer), cents(key), items(key), weight(key));
  }

  /** A new string each time, as a parser would make it. */
  private static String name(int customer) {
    byte[] letters = new byte[LETTERS.length + DIGITS];
    System.arraycopy(LETTERS, 0, letters, 0, LETTERS.length);
    int rest = customer;
    for (int at = letters.length - 1; at >= LETTERS.length; at--) {
      letters[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(letters, StandardCharsets.ISO_8859_1);
  }

  /** The cents of each order of the customer whose number has this key. */
  static long cents(long key) {
    return 1_000 + (key & 0xffff);
  }

  /** The items of each order of that customer. */
  static int items(long key) {
    return 200 + (int) (key >>> 16 & 7);
  }

  /** The weight of each order of that customer. */
  static double weight(long key) {
    return 0.125 * (1 + (key >>> 20 & 0xff));
  }
}
