package io.headrace.simulation;

/** Situations that a simulation has to come across again and again to be worth anything. */
public enum Sight {
  /** A checkpoint was triggered while another was under way. */
  SEVERAL_UNDER_WAY,
  /** A later checkpoint was complete before an earlier one, which was given up. */
  SUBSUMED,
  /** At least once, more was committed than exactly once would have been. */
  TWICE,
  /** Somebody asked for a checkpoint, and got it. */
  ON_DEMAND,
  /** A run was stopped. */
  STOPPED,
  /** A run was cancelled. */
  CANCELLED
}
