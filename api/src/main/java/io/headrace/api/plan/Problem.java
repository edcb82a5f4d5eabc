package io.headrace.api.plan;

/**
 * Something that is wrong with a plan.
 *
 * @param where the operator, state or stream
 * @param what what is wrong with it, a full sentence
 * @param remedy what to do, a full sentence
 */
public record Problem(String where, String what, String remedy) {

  @Override
  public String toString() {
    return where + ": " + what + " " + remedy;
  }
}
