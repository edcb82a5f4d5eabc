package io.headrace.simulation;

/** The power is gone. Thrown through whatever was being done; everything after it is lost. */
final class SimulatedCrash extends Error {

  private static final long serialVersionUID = 1L;

  SimulatedCrash(String where) {
    super(where, null, false, false);
  }
}
