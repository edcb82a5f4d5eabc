package io.headrace.api;

/**
 * Where the value of a setting comes from.
 *
 * @param strength which sources it is stronger than
 * @param where the place, as people find it
 */
public record Origin(Strength strength, String where) {

  /** Nobody said anything. */
  static final Origin DEFAULT = new Origin(Strength.DEFAULT, "default");

  /** A method of {@link Settings} was called. */
  static final Origin PROGRAM = new Origin(Strength.PROGRAM, "program");

  /** The sources of settings, the weakest first. */
  public enum Strength {
    /** What holds when nobody says anything. */
    DEFAULT,
    /** Environment variables of the process. */
    ENVIRONMENT,
    /** A properties file. */
    FILE,
    /** The methods of {@link Settings}. */
    PROGRAM
  }

  /** Whether what comes from here holds although somebody else says something else. */
  boolean isStrongerThan(Origin other) {
    return strength.compareTo(other.strength) > 0;
  }

  @Override
  public String toString() {
    return where;
  }
}
