package io.headrace.state;

import java.time.Instant;

/** What time it is for a task. Asked on its thread. */
public interface Times {

  /** Before the first watermark. Less than any time, so that nothing is due. */
  long NO_WATERMARK = Long.MIN_VALUE;

  /** After the end of input. More than any time, so that everything is due. */
  long END = Long.MAX_VALUE;

  /** The watermark in milliseconds, or one of the constants. */
  long watermark();

  /** The time of day. */
  Instant processingTime();

  /** Whether a timer that is registered for a processing time will fire. */
  boolean mayRegisterProcessingTime();

  /** Of a task without time. */
  static Times none() {
    return new Times() {
      @Override
      public long watermark() {
        return NO_WATERMARK;
      }

      @Override
      public Instant processingTime() {
        return Instant.EPOCH;
      }

      @Override
      public boolean mayRegisterProcessingTime() {
        return true;
      }
    };
  }
}
