package io.headrace.benchmarks;

import java.util.function.LongUnaryOperator;

/** What the contestants do with each event. */
@SuppressWarnings("ImmutableEnumChecker") // Functions that keep nothing.
enum Work {
  /** W1: adds a number to the sum of a key that is a number. */
  SUMS(Workload::value),
  /** W6: adds a record to the totals, a record too, of a key that is a text. */
  ORDERS(Totals::stepOf),
  /** W7: registers a timer, and adds a number to the sum of the key when that fires. */
  TIMERS(Workload::value),
  /** The sums of W1, but key after key in turn, so that each output can be checked by itself. */
  ROTATION(Workload::value);

  private final LongUnaryOperator step;

  Work(LongUnaryOperator step) {
    this.step = step;
  }

  /** What each event of a key adds to the number that stands for an output of that key. */
  LongUnaryOperator step() {
    return step;
  }
}
