package io.headrace.state;

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

  @Override
  public String toString() {
    return "State \"" + state + "\" of operator \"" + operator + "\"";
  }
}
