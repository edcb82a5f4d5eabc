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
  CANCELLED,
  /** A process was killed, and the power was lost before the next one had ended. */
  KILLED_THEN_POWERLESS,
  /** Storage of checkpoints failed, and the job went on. */
  STORAGE_FAILED,
  /** The last checkpoint took too long, and another one became the last. */
  LAST_TIMED_OUT,
  /** Another process took the directory of one that lived on. */
  TAKEN_OVER
}
