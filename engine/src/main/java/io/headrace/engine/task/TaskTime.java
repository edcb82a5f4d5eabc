package io.headrace.engine.task;

import io.headrace.api.TimeDomain;
import io.headrace.state.Times;

/**
 * Has the time of a task go on: as the watermarks of its inputs do, and as the clock does. One
 * thread.
 *
 * <p>What is due fires some at a time, so that no step takes long. Timers of event time fire before
 * any more input is taken, barriers included, and before the watermark is passed on. Those of
 * processing time take turns with input, so that barriers pass between them. At the end of input
 * both fire, whatever their time, before the end is passed on.
 */
final class TaskTime {

  private final Track track;
  private final Timed timed;
  private final Chain chain;
  private final Watermarks inputs;
  private long passedOn = Times.NO_WATERMARK;
  private boolean isPassedOn = true;
  private boolean isIdle;
  private boolean hasFiredLast;
  private boolean hasEnded;

  /**
   * The time of a task.
   *
   * @param inputs how many edges it takes values from
   */
  TaskTime(Track track, Timed timed, Chain chain, int inputs) {
    this.track = track;
    this.timed = timed;
    this.chain = chain;
    this.inputs = new Watermarks(inputs);
  }

  /** What has timers. */
  @FunctionalInterface
  interface Timed {

    /** Fires some of the timers that are due. */
    Due fire(TimeDomain domain);
  }

  /** What became of what was due. */
  enum Due {
    /** There was nothing. */
    NOTHING,
    /** Some timers have fired; there may be more. */
    FIRED,
    /** The time, or the end, was passed on. */
    PASSED_ON,
    /**
     * There are timers, but perhaps no memory for what they write before state that is being
     * written has been.
     */
    MUST_WAIT
  }

  /** A watermark has come. */
  void advance(int input, long time) {
    inputs.advance(input, time);
    goOn();
  }

  /** An input has become idle. */
  void idle(int input) {
    inputs.idle(input);
    goOn();
  }

  /** An input has ended. */
  void end(int input) {
    inputs.end(input);
    goOn();
  }

  private void goOn() {
    track.watermark(Math.max(track.watermark(), inputs.together()));
    isPassedOn = false;
  }

  /** Whether the end of all inputs was passed on. */
  boolean hasEnded() {
    return hasEnded;
  }

  /**
   * Does some of what is due, and passes on how far time is; to be called again before any input is
   * taken, until nothing was due.
   */
  Due step() {
    Due due = timed.fire(TimeDomain.EVENT_TIME);
    if (due != Due.NOTHING || hasEnded) {
      return due;
    }
    if (inputs.haveEnded()) {
      return end();
    }
    if (!isPassedOn) {
      passOn();
      return Due.PASSED_ON;
    }
    hasFiredLast = !hasFiredLast && timed.fire(TimeDomain.PROCESSING_TIME) == Due.FIRED;
    return hasFiredLast ? Due.FIRED : Due.NOTHING;
  }

  private Due end() {
    Due due = timed.fire(TimeDomain.PROCESSING_TIME);
    if (due == Due.NOTHING) {
      hasEnded = true;
      chain.sendToAll(EndOfInput.INSTANCE);
      return Due.PASSED_ON;
    }
    return due;
  }

  private void passOn() {
    boolean wasIdle = isIdle;
    isIdle = inputs.areIdle();
    isPassedOn = true;
    if (track.watermark() > passedOn || wasIdle && !isIdle) {
      passedOn = track.watermark();
      chain.sendToAll(new Watermark(passedOn));
      wasIdle = false;
    }
    if (isIdle && !wasIdle) {
      chain.sendToAll(Idle.INSTANCE);
    }
  }
}
