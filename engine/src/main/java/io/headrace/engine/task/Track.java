package io.headrace.engine.task;

/** Where the values that a task is working on come from. One thread. */
final class Track {

  private Provenance now = Provenance.UNKNOWN;

  Provenance now() {
    return now;
  }

  /** Says where the values that are taken from now on come from. */
  void now(Provenance values) {
    now = values;
  }
}
