package io.headrace.state;

/** The name of a state, as errors spell it. */
record StateName(String operator, String state) {

  @Override
  public String toString() {
    return "State \"" + state + "\" of operator \"" + operator + "\"";
  }
}
