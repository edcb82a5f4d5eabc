package io.headrace.state;

import io.headrace.api.ErrorCode;
import io.headrace.api.HeadraceException;
import java.util.ConcurrentModificationException;

/** The name of a state, as errors spell it. */
record StateName(String operator, String state) {

  /** What to throw when a forEach notices that what it called changed the state. */
  ConcurrentModificationException changedMeanwhile() {
    return new ConcurrentModificationException(
        this
            + " was changed by what forEach called. Collect what is to be changed, and change"
            + " it after forEach.");
  }

  /** What to throw when a state is used where there is no key. */
  HeadraceException outOfScope() {
    return new HeadraceException(
            ErrorCode.STATE_OUT_OF_SCOPE,
            this
                + " was used while no value and no timer of a key was being processed. State"
                + " belongs to a key: use it in process(...) and onTimer(...) only, on the thread"
                + " that calls them.")
        .ofOperator(operator);
  }

  /** What to throw when broadcast state is written where it may only be read. */
  HeadraceException notWritable() {
    return new HeadraceException(
            ErrorCode.STATE_OUT_OF_SCOPE,
            this
                + " was written while no value that is broadcast was being processed. All tasks"
                + " have to write the same: write it in processBroadcast(...) only.")
        .ofOperator(operator);
  }

  @Override
  public String toString() {
    return "State \"" + state + "\" of operator \"" + operator + "\"";
  }
}
