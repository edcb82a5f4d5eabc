package io.headrace.engine.task;

import io.headrace.api.Invariant;
import io.headrace.state.Times;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The watermarks of the inputs of a task, and what they come to: the least of those that are
 * neither idle nor at their end. One thread.
 *
 * <p>An input that has ended says nothing about one that is idle, which may wake up; so idle inputs
 * alone come to the greatest of theirs, whatever has ended.
 */
final class Watermarks {

  private final long[] times;
  private final BitSet idle = new BitSet();
  private final BitSet ended = new BitSet();

  Watermarks(int inputs) {
    this.times = new long[inputs];
    Arrays.fill(times, Times.NO_WATERMARK);
  }

  /** An input has a watermark. */
  void advance(int input, long time) {
    idle.clear(input);
    times[input] = Math.max(times[input], time);
  }

  /** An input is idle. */
  void idle(int input) {
    idle.set(input);
  }

  /** An input has ended. */
  void end(int input) {
    Invariant.check(!ended.get(input), "input %s ended twice", input);
    ended.set(input);
  }

  /** Whether every input has ended. */
  boolean haveEnded() {
    return ended.cardinality() == times.length;
  }

  /** Whether there are inputs that have not ended, and all of them are idle. */
  boolean areIdle() {
    for (int input = 0; input < times.length; input++) {
      if (!ended.get(input) && !idle.get(input)) {
        return false;
      }
    }
    return !haveEnded();
  }

  /** What they come to. It may be less than before. */
  long together() {
    if (haveEnded()) {
      return Times.END;
    }
    boolean isIdle = areIdle();
    long together = isIdle ? Times.NO_WATERMARK : Times.END;
    for (int input = 0; input < times.length; input++) {
      if (!ended.get(input) && idle.get(input) == isIdle) {
        together = isIdle ? Math.max(together, times[input]) : Math.min(together, times[input]);
      }
    }
    return together;
  }
}
