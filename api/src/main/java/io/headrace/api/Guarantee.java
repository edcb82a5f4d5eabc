package io.headrace.api;

/**
 * How often a value has an effect on state and on what sinks write, whatever fails in between. From
 * the weakest to the strongest.
 *
 * <p>It is about effects, not about calls: after a failure, functions are called again for values
 * that they saw before. What a function does to the outside by itself is never covered.
 */
public enum Guarantee {
  /** A value may be lost, and has an effect once at most. */
  AT_MOST_ONCE("at most once"),
  /** No value is lost; some may have an effect twice. */
  AT_LEAST_ONCE("at least once"),
  /** Each value has its effect once. */
  EXACTLY_ONCE("exactly once");

  private final String words;

  Guarantee(String words) {
    this.words = words;
  }

  /** The guarantee in words. */
  public String words() {
    return words;
  }

  /** The weaker of the two. */
  public Guarantee and(Guarantee other) {
    return compareTo(other) < 0 ? this : other;
  }
}
