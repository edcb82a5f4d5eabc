package io.headrace.examples;

/**
 * The delays of some flights.
 *
 * @param count how many flights
 * @param total the sum of their delays, in minutes
 * @param worst the longest delay, in minutes; 0 if none was late
 */
public record Delays(long count, long total, int worst) {

  /** Those of no flight. */
  public static final Delays NONE = new Delays(0, 0, 0);

  /** These and one more. */
  public Delays plus(int delay) {
    return new Delays(count + 1, total + delay, Math.max(worst, delay));
  }

  /** The mean delay in minutes. */
  public double mean() {
    return count == 0 ? 0 : (double) total / count;
  }
}
